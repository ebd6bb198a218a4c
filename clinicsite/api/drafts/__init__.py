"""Writing pages over the API: as drafts, through the form that editors fill in, with all that it checks.

``inputs`` types what is sent from the form's own definition, ``form_data`` fills the form with it, ``problems`` says
what the form refuses and where, ``saving`` does what a button of the editor does, and ``routes`` are the addresses.
"""
