// The field that shows what was typed. The end is always in sight; what waits for a choice is underlined.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    property string text: ""
    property string letters: ""
    property string placeholder: ""
    readonly property bool blank: root.text === "" && root.letters === ""

    implicitHeight: Math.max(Theme.touchTarget, Theme.title * 1.45 + Theme.gap1 * 2)
    Accessible.role: Accessible.EditableText
    Accessible.name: root.blank ? root.placeholder : root.text + root.letters
    Accessible.readOnly: false
    Accessible.focusable: true

    Paper {
        anchors.fill: parent
        edge: Theme.accent
    }
    Icon {
        id: picture

        x: Theme.gap3
        anchors.verticalCenter: parent.verticalCenter
        glyph: Glyphs.search
        color: Theme.accentText
        extent: Theme.title * 1.1
    }
    Item {
        id: room

        anchors.left: picture.right
        anchors.leftMargin: Theme.gap2
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap2
        height: parent.height - Theme.lift
        clip: true

        Row {
            x: Math.min(0, room.width - width)
            height: parent.height

            Label {
                height: parent.height
                visible: root.text !== ""
                text: root.text
                textFormat: Text.PlainText
                elide: Text.ElideNone
                font.pixelSize: Theme.title
            }
            Label {
                height: parent.height
                visible: root.letters !== ""
                text: root.letters
                elide: Text.ElideNone
                color: Theme.accentText
                font.pixelSize: Theme.title
                font.underline: true
            }
            Rectangle {
                // where the next letter comes; it does not blink
                width: Theme.mm(0.8)
                height: Theme.title * 1.2
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.accent
            }
            Label {
                height: parent.height
                visible: root.blank
                leftPadding: Theme.gap1
                width: Math.min(implicitWidth, room.width - Theme.mm(1))
                text: root.placeholder
                color: Theme.softInk
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.smallText
            }
        }
    }
}
