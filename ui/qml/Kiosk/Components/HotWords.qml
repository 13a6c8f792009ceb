// What others look for, before anything is typed; and the shortest lesson in typing. What has no room is left out.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Item {
    id: root

    required property QtObject words
    required property string heading

    signal chosen(word: string)

    Row {
        id: title

        visible: offered.count > 0
        height: Theme.body * 1.5
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
        readonly property real lowest: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
        readonly property real room: root.height - y - Theme.gap3
        readonly property int wanted: Math.max(1, Math.ceil(offered.count / columns))
        readonly property int fitting: Math.max(1, Math.min(wanted, Math.floor((room + spacing) / (lowest + spacing))))
        readonly property bool teaching: wanted * (lowest + spacing) + lesson.height <= room
        readonly property real share: (width - (columns - 1) * spacing) / columns
        readonly property real rowHeight: Math.min((room - (teaching ? lesson.height + spacing : 0) + spacing) / fitting - spacing, lowest * (Theme.portrait ? 2.2 : 1.6))

        y: title.height + Theme.gap1
        width: parent.width
        columns: Math.min(3, Math.max(1, Math.floor((width + spacing) / (least + spacing))))
        spacing: Theme.gap2

        Repeater {
            id: offered

            model: root.words

            AppButton {
                required property int index
                required property string word

                width: grid.share
                height: grid.rowHeight
                visible: index < grid.fitting * grid.columns
                text: word
                onClicked: root.chosen(word)
            }
        }
    }
    TypingLesson {
        id: lesson

        y: grid.y + grid.height + Theme.gap2
        width: parent.width
        visible: grid.teaching
    }
}
