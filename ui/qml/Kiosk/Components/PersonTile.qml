// One of the row 按人找: picture above its word.
import QtQuick
import Kiosk.Theme

Touchable {
    id: root

    required property string title
    required property string glyph

    implicitHeight: Math.max(Theme.touchTarget, picture.height + word.height + Theme.gap1 * 2)
    Accessible.name: root.title

    Paper {
        anchors.fill: parent
        pressed: root.down
    }
    Icon {
        id: picture

        anchors.horizontalCenter: parent.horizontalCenter
        y: (parent.height - height - word.height) / 2
        glyph: root.glyph
        extent: Theme.mm(8)
    }
    Label {
        id: word

        anchors.top: picture.bottom
        width: parent.width
        text: root.title
        font.pixelSize: Theme.smallText
        horizontalAlignment: Text.AlignHCenter
    }
}
