// How large the screen is: a card held to it tells. And how far away people stand.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property SetupViewModel setup
    readonly property real share: root.setup.card > 0 ? root.setup.card : Theme.mm(85.6) / root.width
    readonly property real step: 1 / root.width

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
            text: qsTr("屏幕有多大？")
        }
        Words {
            width: parent.width
            text: qsTr("拿一张银行卡或身份证，横着贴在下面的方框上，左边对齐。点“宽一点”“窄一点”，到一样宽为止。")
            soft: true
        }
        Paper {
            width: root.share * root.width
            height: width * 0.63
            raised: false
            fill: Theme.answer
            edge: Theme.accent

            Label {
                anchors.centerIn: parent
                width: parent.width - Theme.gap2
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("卡贴在这里")
                color: Theme.softInk
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gap2

            AppButton {
                autoRepeat: true
                text: qsTr("窄一点")
                onClicked: root.setup.sizeCard(root.share - root.step * 4)
            }
            AppButton {
                autoRepeat: true
                text: qsTr("宽一点")
                onClicked: root.setup.sizeCard(root.share + root.step * 4)
            }
        }
        Words {
            width: parent.width
            text: root.setup.sizeWords
            font.bold: true
        }
        Words {
            width: parent.width
            text: qsTr("人站着看，离屏幕多远？越远，字越大。")
        }
        Flow {
            width: parent.width
            spacing: Theme.gap2

            Repeater {
                model: root.setup.distances as QtObject

                ChoiceChip {
                    id: distance

                    required property string code
                    required property string words
                    required property bool isChosen

                    text: distance.words
                    chosen: distance.isChosen
                    onClicked: root.setup.chooseDistance(distance.code)
                }
            }
        }
    }
}
