# A field more.
/^ *- {id: note, /i\
      - {id: confidence, label: How sure are we?, type: text}
