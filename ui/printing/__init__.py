"""From the words of a slip to paper: layout, pages, and the two kinds of printer."""
