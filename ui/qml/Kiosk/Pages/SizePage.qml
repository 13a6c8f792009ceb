// 长辈版: how large the letters are, how strong the contrast, for which hand. Everything changes at once.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property AppearanceViewModel appearance

    contentWidth: width
    contentHeight: column.height + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        x: Theme.margin
        width: root.width - Theme.margin * 2
        topPadding: Theme.gap1
        spacing: Theme.gap3

        PageTitle {
            width: parent.width
            text: qsTr("长辈版：字大小")
        }
        Paper {
            width: parent.width
            height: sample.height + Theme.gap3 * 2
            raised: false
            fill: Theme.answer

            Words {
                id: sample

                x: Theme.gap3
                y: Theme.gap3
                width: parent.width - Theme.gap3 * 2
                text: qsTr("您看这行字清楚吗？不清楚就点下面的大字。")
            }
        }
        Choices {
            title: qsTr("字")
            count: 3

            ChoiceCard {
                text: qsTr("标准")
                sample: qsTr("字")
                sampleSize: Theme.letter(6.4 * 1.3)
                chosen: root.appearance.size === 0
                onClicked: root.appearance.chooseSize(0)
            }
            ChoiceCard {
                text: qsTr("大")
                sample: qsTr("字")
                sampleSize: Theme.letter(8 * 1.3)
                chosen: root.appearance.size === 1
                onClicked: root.appearance.chooseSize(1)
            }
            ChoiceCard {
                text: qsTr("最大")
                sample: qsTr("字")
                sampleSize: Theme.letter(9.9 * 1.3)
                chosen: root.appearance.size === 2
                onClicked: root.appearance.chooseSize(2)
            }
        }
        Choices {
            title: qsTr("颜色")
            count: 2

            ChoiceCard {
                text: qsTr("平常")
                sample: qsTr("字")
                sampleSize: Theme.title
                sampleInk: Theme.plainInk
                sampleGround: Theme.plainGround
                chosen: !root.appearance.highContrast
                onClicked: root.appearance.chooseContrast(false)
            }
            ChoiceCard {
                text: qsTr("黑底白字")
                sample: qsTr("字")
                sampleSize: Theme.title
                sampleInk: Theme.strongInk
                sampleGround: Theme.strongGround
                chosen: root.appearance.highContrast
                onClicked: root.appearance.chooseContrast(true)
            }
        }
        Grid {
            id: pairs

            readonly property real share: columns === 2 ? (width - spacing) / 2 : width

            width: parent.width
            columns: Theme.portrait ? 1 : 2
            spacing: Theme.gap3

            Choices {
                width: pairs.share
                title: qsTr("用哪只手")
                count: 2

                ChoiceCard {
                    text: qsTr("右手")
                    sample: Glyphs.leftHand
                    sampleSize: Theme.mm(16)
                    pictured: true
                    chosen: !root.appearance.leftHanded
                    onClicked: root.appearance.chooseLeftHanded(false)
                }
                ChoiceCard {
                    text: qsTr("左手")
                    sample: Glyphs.rightHand
                    sampleSize: Theme.mm(16)
                    pictured: true
                    chosen: root.appearance.leftHanded
                    onClicked: root.appearance.chooseLeftHanded(true)
                }
            }
            Choices {
                width: pairs.share
                title: qsTr("翻页")
                count: 2

                ChoiceCard {
                    text: qsTr("会动")
                    sample: Glyphs.motion
                    sampleSize: Theme.mm(16)
                    pictured: true
                    chosen: !root.appearance.reducedMotion
                    onClicked: root.appearance.chooseReducedMotion(false)
                }
                ChoiceCard {
                    text: qsTr("不要动")
                    sample: Glyphs.still
                    sampleSize: Theme.mm(16)
                    pictured: true
                    chosen: root.appearance.reducedMotion
                    onClicked: root.appearance.chooseReducedMotion(true)
                }
            }
        }
        Words {
            width: parent.width
            text: qsTr("您走以后，会自动变回原来的样子。")
            soft: true
        }
    }

    component Choices: Column {
        id: choices

        required property string title
        required property int count
        default property alias cards: cards.data

        width: column.width
        spacing: Theme.gap1

        Label {
            text: choices.title
            font.bold: true
        }
        Row {
            id: cards

            width: parent.width
            spacing: Theme.gap2

            onChildrenChanged: cards.share()
            onWidthChanged: cards.share()

            function share() {
                for (const card of cards.children)
                    card.width = (cards.width - (choices.count - 1) * cards.spacing) / choices.count;
            }
        }
    }
}
