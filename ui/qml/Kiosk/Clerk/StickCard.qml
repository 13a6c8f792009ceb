// The state of the stick in one sentence and one colour, what it brings, and the one thing to do.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Paper {
    id: root

    required property StickViewModel stick
    required property bool mayStart
    readonly property bool running: root.stick.screen === "running"
    readonly property color ink: root.stick.tone === "good" ? Theme.good : root.stick.tone === "review" ? Theme.review : Theme.ended

    implicitHeight: column.height + Theme.gap3 * 2
    raised: false
    edge: root.ink
    fill: root.stick.tone === "good" ? Theme.goodGround : root.stick.tone === "review" ? Theme.reviewGround : Theme.endedGround

    Column {
        id: column

        x: Theme.gap3
        y: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        spacing: Theme.gap2

        Item {
            width: parent.width
            height: heading.height

            Icon {
                id: sign

                y: (Theme.title * 1.5 - height) / 2
                glyph: root.stick.screen === "done" ? Glyphs.good : root.stick.tone === "good" ? Glyphs.stick : Glyphs.review
                color: root.ink
                extent: Theme.title * 1.3
            }
            Words {
                id: heading

                anchors.left: sign.right
                anchors.leftMargin: Theme.gap1
                anchors.right: parent.right
                text: root.stick.heading
                color: root.ink
                font.pixelSize: Theme.title
                font.bold: true
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.stick.about
        }
        ProgressBar {
            width: parent.width
            visible: root.running
            percent: root.stick.percent
        }
        Words {
            width: parent.width
            visible: root.running
            text: qsTr("%1% · %2").arg(root.stick.percent).arg(root.stick.progress)
            font.bold: true
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.stick.forecast
        }
        AppButton {
            width: parent.width
            visible: root.stick.startWords !== ""
            enabled: root.mayStart
            accent: true
            glyph: Glyphs.bring
            text: root.stick.startWords
            onClicked: root.stick.begin()
        }
        AppButton {
            visible: root.running
            glyph: Glyphs.clear
            text: qsTr("停下，下次接着装")
            onClicked: root.stick.cancel()
        }
        CardLines {
            width: parent.width
            lines: root.stick.rows as QtObject
        }
    }
}
