// One column of the home page: a picture on its quiet hue, two to six characters, one line of examples.
import QtQuick
import Kiosk.Theme

Touchable {
    id: root

    required property string title
    required property string detail
    required property string glyph
    required property int hue
    property bool upright: false    // picture above the words, where the tile is narrow

    implicitHeight: root.upright ? Theme.mm(14) + Math.ceil(Theme.title * 1.5 + Theme.smallText * 1.5) + Theme.gap2 * 2 + Theme.gap1 : Math.max(Theme.touchTarget, words.height + examples.height + Theme.gap1 * 2)
    Accessible.name: root.detail === "" ? root.title : root.title + "，" + root.detail

    Paper {
        anchors.fill: parent
        pressed: root.down
    }
    Rectangle {
        id: picture

        x: root.upright ? (parent.width - width) / 2 : Theme.gap2
        y: root.upright ? Math.max(Theme.gap2, (parent.height - height - Theme.title * 1.5 - Theme.smallText * 1.5 - Theme.gap1) / 2) : (parent.height - height) / 2
        width: root.upright ? Math.max(Theme.mm(14), Math.min(Theme.mm(26), (root.height - Theme.title * 1.5 - Theme.smallText * 1.5) * 0.5)) : Theme.mm(15)
        height: width
        radius: Theme.corner
        color: Theme.highContrast ? Theme.ground : Theme.hue(root.hue)
        border.width: Theme.highContrast ? Theme.border : 0
        border.color: Theme.ink

        Icon {
            anchors.centerIn: parent
            glyph: root.glyph
            color: Theme.pictureInk
            extent: parent.width * 0.68
        }
    }
    Label {
        id: words

        x: root.upright ? 0 : picture.x + picture.width + Theme.gap2
        y: root.upright ? picture.y + picture.height + Theme.gap1 : (parent.height - height - examples.height) / 2
        width: parent.width - x - (root.upright ? 0 : Theme.gap1)
        text: root.title
        font.pixelSize: Theme.title
        font.bold: true
        horizontalAlignment: root.upright ? Text.AlignHCenter : Text.AlignLeft
    }
    Label {
        id: examples

        anchors.left: words.left
        anchors.right: words.right
        anchors.top: words.bottom
        text: root.detail
        color: Theme.softInk
        font.pixelSize: Theme.smallText
        horizontalAlignment: words.horizontalAlignment
    }
}
