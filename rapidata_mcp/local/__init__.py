"""The embedded platform: Rapidata's REST API with a database and a simulated crowd of its own.

Its rooms, of which each knows only those before it (`tests/test_architecture.py`):

    problems, store           what is answered when it cannot be done; what is kept
    access, api               who may do what; what all requests share
    questions                 what is asked
    audiences, jobs           who answers; what is to be answered
    rehearsal, results        the simulated crowd at work; what was answered
    sittings, pages           people at work; what they see
    routes                    the requests, one file for each noun
    app, door, listener       all of it, behind one door
"""
