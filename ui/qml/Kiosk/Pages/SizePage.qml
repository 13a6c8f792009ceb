// 长辈版: how large the letters are, how strong the contrast, for which hand. Everything changes at once.
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
            width: Math.min(parent.width, Theme.lineWidth)
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
        Choice {
            title: qsTr("字")

            AppButton {
                text: qsTr("标准")
                chosen: root.appearance.size === 0
                onClicked: root.appearance.chooseSize(0)
            }
            AppButton {
                text: qsTr("大")
                chosen: root.appearance.size === 1
                onClicked: root.appearance.chooseSize(1)
            }
            AppButton {
                text: qsTr("最大")
                chosen: root.appearance.size === 2
                onClicked: root.appearance.chooseSize(2)
            }
        }
        Choice {
            title: qsTr("颜色")

            AppButton {
                text: qsTr("平常")
                chosen: !root.appearance.highContrast
                onClicked: root.appearance.chooseContrast(false)
            }
            AppButton {
                glyph: Glyphs.contrast
                text: qsTr("黑底白字")
                chosen: root.appearance.highContrast
                onClicked: root.appearance.chooseContrast(true)
            }
        }
        Choice {
            title: qsTr("用哪只手")

            AppButton {
                text: qsTr("右手")
                chosen: !root.appearance.leftHanded
                onClicked: root.appearance.chooseLeftHanded(false)
            }
            AppButton {
                text: qsTr("左手")
                chosen: root.appearance.leftHanded
                onClicked: root.appearance.chooseLeftHanded(true)
            }
        }
        Choice {
            title: qsTr("翻页")

            AppButton {
                text: qsTr("会动")
                chosen: !root.appearance.reducedMotion
                onClicked: root.appearance.chooseReducedMotion(false)
            }
            AppButton {
                text: qsTr("不要动")
                chosen: root.appearance.reducedMotion
                onClicked: root.appearance.chooseReducedMotion(true)
            }
        }
        Words {
            width: parent.width
            text: qsTr("您走以后，会自动变回原来的样子。")
            soft: true
        }
    }

    component Choice: Column {
        id: choice

        required property string title
        default property alias buttons: buttons.data

        width: column.width
        spacing: Theme.gap1

        Label {
            text: choice.title
            font.bold: true
        }
        Flow {
            id: buttons

            width: parent.width
            spacing: Theme.gap2
        }
    }
}
