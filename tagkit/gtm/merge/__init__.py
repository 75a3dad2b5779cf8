"""What GTM's import would make of a container, as a file, and the way back.

layout      text               how a file is written: indentation, line ends, blanks
edits       text, revision     -> text     pieces changed, every other byte as it was
marks       container          -> routes   which entities tagkit made
memory      notes              what uninstalling must know and the entities do not say
drawn       program, target    our entities with the target's ids
merge       program, export    -> Merged   "Merge", "Overwrite conflicting"
uninstall   export             -> Merged   the export without what tagkit owns
conflicts   the findings of both

What is ours, in the order of how sure it is:

1. A tag, trigger or variable whose notes begin with our own sentence ("Made by tagkit"); ``build``
   writes it on every tag. A tag must also have the prefix of the others, else it is a copy.
2. A trigger or variable that one of ours uses, when it bears our prefix (what the name of a tag of
   ours and the name of its folder begin with) or a name that the plan gives.
3. A folder that one of ours lies in, when it is named after one of our groups, with our prefix.
4. What ``merge`` wrote down because the first three do not find it, or would find wrongly.
5. Built-in variables have no marks: only those that ``merge`` switched on, which it wrote down.
"""
