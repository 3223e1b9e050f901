# A choice more.
/^ *- {id: mixed, /i\
          - {id: siblings, label: Brothers and sisters}
