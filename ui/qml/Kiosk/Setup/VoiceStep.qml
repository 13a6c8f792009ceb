// Whether people will hear it read aloud.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property SetupViewModel setup

    contentWidth: width
    contentHeight: column.height + Theme.gap2
    clip: true
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        x: Theme.margin
        width: root.width - Theme.margin * 2
        spacing: Theme.gap3

        PageTitle {
            width: parent.width
            text: qsTr("听得到声音吗？")
        }
        Words {
            width: parent.width
            text: qsTr("眼睛不好、不识字的人要靠听。点一下，机器念一句话。")
            soft: true
        }
        AppButton {
            enabled: !root.setup.busy
            glyph: Glyphs.listen
            text: qsTr("念一句听听")
            onClicked: root.setup.testVoice()
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.setup.told
            font.bold: true
        }
        Flow {
            width: parent.width
            spacing: Theme.gap2

            ChoiceChip {
                text: qsTr("听到了")
                chosen: root.setup.heard === "yes"
                onClicked: root.setup.hear(true)
            }
            ChoiceChip {
                text: qsTr("没有喇叭，不朗读")
                chosen: root.setup.heard === "no"
                onClicked: root.setup.hear(false)
            }
        }
    }
}
