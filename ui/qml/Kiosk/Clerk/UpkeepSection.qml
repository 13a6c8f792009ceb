// The network, what goes on, and the tests of this machine.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Column {
    id: root

    required property Navigator navigator
    required property UpkeepViewModel upkeep
    required property bool mayStart
    readonly property color ink: root.upkeep.tone === "good" ? Theme.good : root.upkeep.tone === "review" ? Theme.review : Theme.accentText

    spacing: Theme.gap2

    Words {
        width: parent.width
        text: [root.upkeep.nextWords, root.upkeep.freeWords, root.upkeep.checkedWords].filter(words => words !== "").join("\n")
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: root.upkeep.runningWords
        font.bold: true
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: root.upkeep.heading
        color: root.ink
        font.bold: true
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: root.upkeep.detail
        font.pixelSize: Theme.smallText
    }
    AppButton {
        visible: root.upkeep.isWorking
        glyph: Glyphs.clear
        text: qsTr("停下，下次接着做")
        onClicked: root.upkeep.cancel()
    }
    Flow {
        width: parent.width
        spacing: Theme.gap2

        AppButton {
            visible: root.upkeep.hasUrls
            enabled: root.mayStart
            glyph: Glyphs.sync
            text: qsTr("现在联网取")
            onClicked: root.upkeep.syncNow()
        }
        AppButton {
            glyph: Glyphs.history
            text: qsTr("同步记录")
            onClicked: root.navigator.history()
        }
        AppButton {
            enabled: root.mayStart
            glyph: Glyphs.shield
            text: qsTr("核对内容")
            onClicked: root.upkeep.verify()
        }
        AppButton {
            glyph: Glyphs.printer
            text: qsTr("试打一张")
            onClicked: root.upkeep.testPrint()
        }
        AppButton {
            glyph: Glyphs.listen
            text: qsTr("试听一句")
            onClicked: root.upkeep.testVoice()
        }
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: root.upkeep.told
        font.bold: true
    }
}
