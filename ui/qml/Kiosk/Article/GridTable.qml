// A table that fits its width: columns as wide as their words; where there is no room the widest give way, and where
// even that breaks numbers apart, each row becomes a list of its own. Read row by row.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Item {
    id: root

    required property list<string> cells    // row by row, the header first
    required property int columns
    required property list<string> widths    // em
    required property string align    // one of l, c, r per column
    property int litRow: -1    // from 0, the header not counted
    readonly property real padding: Theme.gap1
    readonly property real room: root.width - Theme.border * 2
    readonly property list<real> wanted: root.widths.map(em => Number(em) * Theme.body + root.padding * 2)
    readonly property real whole: root.wanted.reduce((sum, width) => sum + width, 0)
    readonly property real limit: root.widest()
    readonly property bool listed: root.whole > root.room && root.limit < Theme.body * 4.5 + root.padding * 2
    readonly property real label: Math.min(root.room * 0.4, root.longestLabel() * Theme.body + root.padding * 2)    // where listed

    signal rowTouched(row: int)

    // The width at which columns must end, so that all have room: narrow ones keep theirs.
    function widest(): real {
        let left = root.room;
        let others = root.wanted.length;
        for (const width of root.wanted.slice().sort((one, other) => one - other)) {
            if (width * others > left)
                return left / others;
            left -= width;
            others -= 1;
        }
        return root.room;
    }

    function longestLabel(): real {
        return root.cells.slice(0, root.columns).reduce((most, cell) => Math.max(most, cell.length), 0);
    }

    // Where a row stands, for whoever scrolls to it.
    function rowRectangle(row: int): rect {
        const line = lines.itemAt(row + 1);
        return line ? Qt.rect(0, line.y, line.width, line.height) : Qt.rect(0, 0, 0, 0);
    }

    // Be as high as the words at once, not with the next frame: a list that scrolls must know it now.
    function settle() {
        for (let number = 0; number < lines.count; number++)
            (lines.itemAt(number) as TableLine)?.settle();
        column.forceLayout();
    }

    implicitHeight: column.implicitHeight + Theme.border * 2
    Accessible.role: Accessible.Table
    Accessible.name: root.cells.slice(0, root.columns).join("，")

    Rectangle {
        width: column.width + Theme.border * 2
        height: root.height
        radius: Theme.mm(2)
        color: Theme.card
        border.width: Theme.border
        border.color: Theme.cardEdge
    }
    Column {
        id: column

        x: Theme.border
        y: Theme.border
        width: root.listed ? root.room : Math.min(root.room, root.whole)

        Repeater {
            id: lines

            model: root.columns > 0 ? Math.floor(root.cells.length / root.columns) : 0

            delegate: TableLine {}
        }
    }

    component TableLine: Rectangle {
        id: line

        required property int index
        readonly property bool header: line.index === 0
        readonly property bool lit: line.index - 1 === root.litRow && !line.header
        readonly property color ink: line.lit ? Theme.voiceInk : Theme.ink

        function settle() {
            row.forceLayout();
        }

        width: column.width
        height: line.visible ? Math.max(row.implicitHeight, Theme.body * 1.5 + root.padding) : 0
        visible: !(line.header && root.listed)
        color: line.lit ? Theme.voice : line.header ? Theme.endedGround : "transparent"
        radius: line.header ? Theme.mm(2) : 0

        Rectangle {
            visible: line.index > (root.listed ? 1 : 0)
            width: parent.width
            height: Theme.border
            color: Theme.cardEdge
        }
        Grid {
            id: row

            columns: root.listed ? 2 : root.columns

            Repeater {
                model: root.listed ? root.columns * 2 : root.columns

                delegate: Text {
                    required property int index
                    readonly property int cell: root.listed ? Math.floor(index / 2) : index
                    readonly property bool isLabel: root.listed && index % 2 === 0
                    readonly property string side: root.listed ? "l" : root.align.charAt(cell)

                    // a reused row gets the cells of another table before its number of columns
                    width: root.listed ? (isLabel ? root.label : root.room - root.label) : Math.min(root.wanted[cell] ?? 0, root.limit)
                    text: root.cells[(isLabel ? 0 : line.index * root.columns) + cell] ?? ""
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    padding: root.padding
                    topPadding: root.listed && cell > 0 ? 0 : root.padding
                    color: isLabel && !line.lit ? Theme.softInk : line.ink
                    font.family: Theme.family
                    font.pixelSize: Theme.body
                    font.bold: line.header || (root.listed && cell === 0 && !isLabel)
                    horizontalAlignment: side === "r" ? Text.AlignRight : side === "c" ? Text.AlignHCenter : Text.AlignLeft
                }
            }
        }
        TapHandler {
            enabled: !line.header
            onTapped: root.rowTouched(line.index - 1)
        }
    }
}
