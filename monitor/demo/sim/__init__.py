"""The simulator: sites of every family that live, err and break, and the truth about them.

In reading order: `places` (which columns there are), `words` (what their notices say), `acts` (what can
happen to a column), `script` (what does happen to it, from a seed), `site` (one column as it stands at an
instant), `weather` (what goes wrong between a site and its visitor), `pages` (what a site answers),
`served` (the book of what was really answered), `server` (loopback), `truth` (what a reader of that book
must have been told), `coverage` (whether the book says enough), `house` (the program that is watched),
`play` (one run) and `score` (both beside each other). `truth` knows nothing of the program's code.

`python -m monitor.demo.sim DAYS COLUMNS SEED` plays one run and prints its figures.
"""
