"""Many clients in one run: which they are, their folders, the work in processes, what it came to.

clients   folders, files, a table -> Client   who is to be built, and where each was named
folders   clients -> findings                 no two write the same file, none outside the output
work      Client -> Outcome                   one client, in whichever process
parallel  jobs -> results                     in order, in as many processes as there are cores
across    outcomes -> findings                what only all plans together tell
summary   outcomes -> text                    the table at the end
"""
