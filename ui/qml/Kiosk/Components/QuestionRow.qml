// One line that can be touched: a question, a notice, a tutorial.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Touchable {
    id: root

    required property string title
    required property string badge
    property string glyph: ""
    property bool ruled: true

    implicitHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
    Accessible.name: root.badge === "" ? root.title : root.title + "，" + root.badge

    Rectangle {
        anchors.fill: parent
        color: root.down ? Theme.keyboard : Theme.card

        Rectangle {
            visible: root.ruled
            width: parent.width
            height: Theme.border
            color: Theme.cardEdge
        }
    }
    Icon {
        id: picture

        visible: root.glyph !== ""
        width: visible ? extent : 0
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        glyph: root.glyph
        color: Theme.accentText
    }
    Label {
        id: label

        anchors.left: picture.right
        anchors.leftMargin: root.glyph !== "" ? Theme.gap2 : 0
        anchors.right: mark.left
        anchors.rightMargin: Theme.gap1
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: Theme.border
        text: root.title
        wrapMode: Text.Wrap
        maximumLineCount: 2
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.smallestText
    }
    Loader {
        id: mark

        anchors.right: arrow.left
        anchors.verticalCenter: parent.verticalCenter
        active: root.badge !== ""
        sourceComponent: Mark {
            text: root.badge
        }
    }
    Icon {
        id: arrow

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        glyph: Glyphs.next
        color: Theme.softInk
    }
}
