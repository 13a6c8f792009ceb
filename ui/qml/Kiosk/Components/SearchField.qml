// The field that shows what was typed. Its end is always in sight, … stands for what is not; what waits is underlined.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    property string text: ""
    property string letters: ""
    property string placeholder: ""
    property string glyph: Glyphs.search
    readonly property bool blank: root.text === "" && root.letters === ""

    // The last characters of a text, with … before them if there are more.
    function endOf(text: string, characters: int): string {
        return text.length <= characters ? text : "…" + text.slice(1 - Math.max(2, characters));
    }

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
        glyph: root.glyph
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
            height: parent.height

            Label {
                height: parent.height
                visible: root.text !== ""
                text: root.endOf(root.text, Math.floor((room.width - waiting.width - caret.width) / Theme.title))
                textFormat: Text.PlainText
                elide: Text.ElideNone
                font.pixelSize: Theme.title
            }
            Label {
                id: waiting

                height: parent.height
                visible: root.letters !== ""
                width: visible ? implicitWidth : 0
                text: root.endOf(root.letters, Math.floor((room.width * (root.text === "" ? 1 : 0.7) - caret.width) / (Theme.title * 0.64)))
                elide: Text.ElideNone
                color: Theme.accentText
                font.pixelSize: Theme.title
                font.underline: true
            }
            Rectangle {
                id: caret

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
