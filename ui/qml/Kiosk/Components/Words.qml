// Text as everywhere: one family, plain, wrapped, with the line height that old eyes need.
import QtQuick
import Kiosk.Theme

Text {
    id: root

    property bool soft: false

    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    color: root.soft ? Theme.softInk : Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    lineHeight: Theme.lineHeight
    lineHeightMode: Text.ProportionalHeight
}
