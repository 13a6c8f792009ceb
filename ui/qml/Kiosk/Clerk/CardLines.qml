// What a stick would bring, or has brought: a mark in words and colour, a title, and why.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme

Column {
    id: root

    required property QtObject lines

    spacing: Theme.gap1

    Repeater {
        model: root.lines

        Item {
            id: line

            required property string mark
            required property string title
            required property string detail
            required property string tone

            width: root.width
            height: Math.max(badge.height, told.height)

            StatusBadge {
                id: badge

                text: line.mark
                tone: line.tone
            }
            Column {
                id: told

                anchors.left: parent.left
                anchors.leftMargin: Math.max(badge.width, Theme.smallText * 6.2) + Theme.gap2
                anchors.right: parent.right

                Words {
                    width: parent.width
                    text: line.title
                }
                Words {
                    width: parent.width
                    visible: line.detail !== ""
                    text: line.detail
                    soft: true
                    font.pixelSize: Theme.smallText
                }
            }
        }
    }
}
