// The slip on its paper, true to size; below it the button that prints it, or why there is none.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property TakeHomeViewModel takeHome
    required property real mostWidth    // px; of wider paper only the middle is seen
    readonly property bool says: root.takeHome.printWords !== ""

    readonly property real wanted: Math.max(paper.width, Theme.body * 12)

    width: Math.min(root.mostWidth, root.wanted)

    Flickable {
        id: scroll

        anchors.top: parent.top
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.gap2
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(paper.width, parent.width)
        contentWidth: width
        contentHeight: paper.height
        flickableDirection: Flickable.VerticalFlick
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Paper {
            id: paper

            x: (scroll.width - width) / 2
            width: slip.width + Theme.gap1 * 2
            height: slip.height + Theme.gap1 * 2
            fill: Theme.paper

            Image {
                id: slip

                anchors.centerIn: parent
                source: root.takeHome.preview
                cache: false
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("单子的样子：%1").arg(root.takeHome.title)

                onSourceChanged: scroll.contentY = 0
            }
        }
    }
    Column {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Theme.gap1

        Text {
            width: parent.width
            visible: root.says
            text: root.takeHome.printWords
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: root.takeHome.stage === "absent" ? Theme.smallText : Theme.body
            font.bold: root.takeHome.stage === "printed"
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Item {
            width: parent.width
            height: Math.max(root.takeHome.canPrint ? printButton.height : 0, more.height)
            visible: root.takeHome.canPrint || more.more

            MoreBelow {
                id: more

                x: root.takeHome.canPrint ? 0 : (parent.width - width) / 2
                anchors.verticalCenter: parent.verticalCenter
                compact: root.takeHome.canPrint && parent.width < printButton.width + Theme.smallText * 12
                of: scroll
            }
            AppButton {
                id: printButton

                x: parent.width - width
                visible: root.takeHome.canPrint
                accent: true
                glyph: Glyphs.printer
                text: root.takeHome.stage === "printed" ? qsTr("再打印一张") : qsTr("打印这张单子")
                onClicked: root.takeHome.print()
            }
        }
    }
}
