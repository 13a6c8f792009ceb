// All answers once more, before they count.
pragma ComponentBehavior: Bound

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
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("看看对不对")
        }
        Repeater {
            model: root.setup.summary as QtObject

            Item {
                id: row

                required property string code
                required property string words

                width: column.width
                height: Math.max(name.height, answer.height)

                Words {
                    id: name

                    width: Theme.body * 4.5
                    text: row.code
                    soft: true
                }
                Words {
                    id: answer

                    anchors.left: name.right
                    anchors.right: parent.right
                    text: row.words
                    font.bold: true
                }
            }
        }
        Words {
            width: parent.width
            text: qsTr("不对就点“上一步”回去改。")
            soft: true
        }
    }
}
