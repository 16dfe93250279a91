"""Things to look at and press; they know text and tones, and nothing of call centres.

wall     the wall's tiles
seats    seats on a map, and drawing where they stand
tables   tables of lines: models, rows, titles, printing
curves   curves over a day (with pyqtgraph, which is loaded when they are wanted)
finding  the search and its answers

Here are the parts that several of them share: type, colours, shapes and texts, and the pieces of which panels are made.
"""
