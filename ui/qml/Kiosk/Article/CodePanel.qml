// One code with one caption, or the words to search for where there is none. Black on white in every theme.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Column {
    id: root

    required property TakeHomeViewModel takeHome
    required property real side    // px along the code, its quiet zone not counted
    property bool crowded: false    // little height: what can be left out is
    readonly property int module: Math.max(1, Math.ceil(root.side / Math.max(root.takeHome.modules - 8, 1)))

    spacing: Theme.gap1

    Text {
        width: parent.width
        text: root.takeHome.caption
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: root.crowded ? Theme.body : Theme.title
        font.bold: true
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: code.width
        height: width
        visible: root.takeHome.code !== ""
        color: Theme.paper

        Image {
            id: code

            anchors.centerIn: parent
            width: root.takeHome.modules * root.module
            height: width
            source: root.takeHome.code
            smooth: false
            cache: false
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("二维码：%1").arg(root.takeHome.caption)
        }
    }
    // As high as a code, so that nothing jumps from one to the next.
    Paper {
        width: parent.width
        height: Math.max(sought.height + Theme.gap3 * 2, root.side)
        visible: root.takeHome.searchWords !== ""
        raised: false

        Column {
            id: sought

            anchors.centerIn: parent
            width: parent.width - Theme.gap3 * 2
            spacing: Theme.gap2

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                glyph: Glyphs.search
                color: Theme.accentText
                extent: root.side * 0.3
            }
            Text {
                width: parent.width
                text: root.takeHome.searchWords
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: Theme.title
                font.bold: true
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
    Text {
        width: parent.width
        visible: text !== ""
        text: root.takeHome.words
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: root.crowded ? Theme.smallText : Theme.body
    }
    Text {
        width: parent.width
        visible: text !== "" && !(root.crowded && root.takeHome.code !== "")
        text: root.takeHome.hint
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        color: Theme.softInk
        font.family: Theme.family
        font.pixelSize: Theme.smallText
    }
}
