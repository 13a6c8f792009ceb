// A table, read row by row.
import QtQuick
import Kiosk.Theme

ArticleRow {
    id: root

    required property list<string> cells
    required property int columns
    required property list<string> widths
    required property string align

    function litRectangle(): rect {
        const row = table.rowRectangle(table.litRow);
        return Qt.rect(table.x + row.x, table.y + row.y, row.width, row.height);
    }

    height: Theme.gap1 + table.height + Theme.gap2
    ListView.onReused: table.settle()

    GridTable {
        id: table

        y: Theme.gap1
        width: root.column
        height: implicitHeight
        cells: root.cells
        columns: root.columns
        widths: root.widths
        align: root.align
        litRow: root.lit ? root.listening.litPart - root.part : -1
        onRowTouched: row => root.listening.startAt(root.part + row, 0)
    }
}
