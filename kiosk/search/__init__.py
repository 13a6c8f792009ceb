"""Finding items: one index per installed pack, built on the kiosk.

Nothing is imported here: who needs one small part, before the first frame perhaps, does not pay for the searcher.
"""
