// A paragraph.
TextRow {}
