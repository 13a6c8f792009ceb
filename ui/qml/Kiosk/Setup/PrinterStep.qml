// Which printer, out of those that were found; and whether it works.
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
            text: qsTr("用哪台打印机？")
        }
        Words {
            width: parent.width
            text: root.setup.looking ? qsTr("正在找打印机……") : qsTr("没有看到您的打印机，就看看线插好没有、电源开了没有，再点“重新找”。")
            soft: true
        }
        Column {
            spacing: Theme.gap2

            Repeater {
                model: root.setup.printers as QtObject

                ChoiceChip {
                    id: printer

                    required property string code
                    required property string words
                    required property bool isChosen

                    text: printer.words
                    chosen: printer.isChosen
                    onClicked: root.setup.choosePrinter(printer.code)
                }
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gap2

            AppButton {
                enabled: !root.setup.looking && !root.setup.busy
                glyph: Glyphs.sync
                text: qsTr("重新找")
                onClicked: root.setup.lookForPrinters()
            }
            AppButton {
                enabled: root.setup.canPrint
                glyph: Glyphs.printer
                text: qsTr("试打一张")
                onClicked: root.setup.testPrint()
            }
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.setup.told
            font.bold: true
        }
    }
}
