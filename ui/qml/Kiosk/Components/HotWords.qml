// What others look for, before anything is typed; and the shortest lesson in typing.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Flickable {
    id: root

    required property QtObject words
    required property string heading

    signal chosen(word: string)

    clip: true
    contentHeight: column.height
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        width: root.width
        spacing: Theme.gap2
        bottomPadding: Theme.gap3

        Row {
            id: heading

            visible: offered.count > 0
            spacing: Theme.gap1

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                glyph: Glyphs.asked
                color: Theme.accentText
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.heading
                color: Theme.accentText
                font.bold: true
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
        }
        Grid {
            id: grid

            readonly property real least: Theme.body * 6 + Theme.gap2 * 2    // room for the longest word
            readonly property int rowCount: Math.max(1, Math.ceil(offered.count / columns))
            readonly property real spare: root.height - heading.height - lesson.height - column.bottomPadding - Theme.gap2 * 3
            readonly property real rowHeight: Math.min(Math.max(spare / rowCount - spacing, Theme.touchTarget * 1.1), Theme.touchTarget * 1.6)
            readonly property real share: (width - (columns - 1) * spacing) / columns

            width: parent.width
            columns: Math.min(3, Math.max(1, Math.floor((width + spacing) / (least + spacing))))
            spacing: Theme.gap2

            Repeater {
                id: offered

                model: root.words

                AppButton {
                    required property string word

                    width: grid.share
                    height: Math.max(implicitHeight, grid.rowHeight)
                    text: word
                    onClicked: root.chosen(word)
                }
            }
        }
        TypingLesson {
            id: lesson

            width: parent.width
        }
    }
}
