// A table that fits its width: columns as wide as their words, narrower where there is no room. Read row by row.
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
    readonly property real wanted: root.widths.reduce((sum, em) => sum + Number(em) * Theme.body + root.padding * 2, 0)
    readonly property real share: root.wanted > 0 ? Math.min(1, root.width / root.wanted) : 1

    signal rowTouched(row: int)

    // Where a row stands, for whoever scrolls to it.
    function rowRectangle(row: int): rect {
        const line = lines.itemAt(row + 1);
        return line ? Qt.rect(0, line.y, line.width, line.height) : Qt.rect(0, 0, 0, 0);
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
        width: Math.min(root.width - Theme.border * 2, root.wanted)

        Repeater {
            id: lines

            model: root.columns > 0 ? Math.floor(root.cells.length / root.columns) : 0

            delegate: Rectangle {
                id: line

                required property int index
                readonly property bool header: line.index === 0
                readonly property bool lit: line.index - 1 === root.litRow && !line.header
                readonly property color ink: line.lit ? Theme.voiceInk : Theme.ink

                width: column.width
                height: Math.max(row.implicitHeight, Theme.body * 1.5 + root.padding)
                color: line.lit ? Theme.voice : line.header ? Theme.endedGround : "transparent"
                radius: line.header ? Theme.mm(2) : 0

                Rectangle {
                    visible: !line.header
                    width: parent.width
                    height: Theme.border
                    color: Theme.cardEdge
                }
                Row {
                    id: row

                    Repeater {
                        model: root.columns

                        delegate: Text {
                            required property int index
                            readonly property string side: root.align.charAt(index)

                            // a reused row gets the cells of another table before its number of columns
                            width: (Number(root.widths[index] ?? 0) * Theme.body + root.padding * 2) * root.share
                            text: root.cells[line.index * root.columns + index] ?? ""
                            textFormat: Text.PlainText
                            wrapMode: Text.Wrap
                            padding: root.padding
                            color: line.ink
                            font.family: Theme.family
                            font.pixelSize: Theme.body
                            font.bold: line.header
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
    }
}
