// One entry of a list: its marker hangs before the text.
import QtQuick
import Kiosk.Theme

TextRow {
    id: root

    required property string marker
    required property int depth

    inset: root.depth * Theme.body * 1.5 + Math.max(Theme.body * 1.5, marks.implicitWidth + Theme.gap1)

    Text {
        id: marks

        x: root.rightToLeft ? root.column - width : root.depth * Theme.body * 1.5
        width: root.inset - root.depth * Theme.body * 1.5
        y: root.above
        text: root.marker
        textFormat: Text.PlainText
        color: Theme.accentText
        font.family: Theme.family
        font.pixelSize: Theme.body
        font.bold: true
        lineHeight: Theme.body * 1.5
        lineHeightMode: Text.FixedHeight
        horizontalAlignment: root.rightToLeft ? Text.AlignRight : Text.AlignLeft
    }
}
