"""Work that takes longer than a request may: asked for at the desk, done by a process of its own, followed on a page.

asking.py   a job asked for, and the process that does it started
running.py  the jobs that wait, one after the other, under a lock that dies with its holder
work.py     what a job at work is given: its options, its chunks, and how it tells how far it is
kind.py     what a kind of work is
kinds.py    what can be asked for; one module for each kind of work
"""
