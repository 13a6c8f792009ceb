// Where the kiosk stands: province, then prefecture, then county. It may stop at any of them.
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
            text: qsTr("这里属于哪里？")
        }
        Words {
            width: parent.width
            text: qsTr("选到区县最好：当地的办法和全国的不一样时，先看当地的。")
            soft: true
        }
        Words {
            width: parent.width
            text: root.setup.regionWords
            font.pixelSize: Theme.title
            font.bold: true
        }
        AppButton {
            visible: root.setup.hasRegion
            glyph: Glyphs.undo
            text: qsTr("退回上一级")
            onClicked: {
                root.setup.widenRegion();
                root.contentY = 0;
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gap2

            Repeater {
                model: root.setup.regions as QtObject

                ChoiceChip {
                    id: division

                    required property string code
                    required property string words

                    text: division.words
                    chosen: false
                    onClicked: {
                        root.setup.chooseRegion(division.code);
                        root.contentY = 0;
                    }
                }
            }
        }
    }
}
