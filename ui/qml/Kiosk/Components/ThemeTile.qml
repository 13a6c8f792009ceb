// One column of the home page: a picture on its quiet hue, two to six characters, one line of examples.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string title
    required property string detail
    required property string glyph
    required property int hue
    property bool upright: false    // picture above the words, where the tile is narrow

    implicitHeight: root.upright ? Theme.mm(14) + Math.ceil(Theme.title * 1.5 + Theme.smallText * 1.5) + Theme.gap2 * 2 + Theme.gap1 : Math.max(Theme.touchTarget, words.implicitHeight + Theme.gap1 * 2)
    Accessible.role: Accessible.Button
    Accessible.name: root.detail === "" ? root.title : root.title + "，" + root.detail
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
    }
    contentItem: Item {
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
        Column {
            id: words

            visible: !root.upright
            anchors.left: picture.right
            anchors.leftMargin: Theme.gap2
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: root.title
                font.pixelSize: Theme.title
                font.bold: true
            }
            Label {
                width: parent.width
                text: root.detail
                color: Theme.softInk
                font.pixelSize: Theme.smallText
            }
        }
        Column {
            id: upright

            visible: root.upright
            anchors.left: parent.left
            anchors.right: parent.right
            topPadding: picture.y + picture.height + Theme.gap1

            Label {
                width: parent.width
                text: root.title
                font.pixelSize: Theme.title
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
            Label {
                width: parent.width
                text: root.detail
                color: Theme.softInk
                font.pixelSize: Theme.smallText
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
