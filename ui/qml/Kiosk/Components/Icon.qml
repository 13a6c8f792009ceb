// One picture of the icon font, as a letter: any size, coloured like text.
import QtQuick
import Kiosk.Theme

Text {
    id: root

    required property string glyph
    property real extent: Theme.body * 1.25    // side of its square, px

    width: root.extent
    height: root.extent
    text: root.glyph
    textFormat: Text.PlainText
    color: Theme.ink
    font.family: Theme.iconFamily
    font.pixelSize: root.extent
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    Accessible.ignored: true
}
