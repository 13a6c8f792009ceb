// Above the bottom bar while somebody listens: sentence back and on, a large pause, three speeds, once more.
import QtQuick
import Kiosk.Theme
import Kiosk.ViewModels

Rectangle {
    id: root

    required property ListeningViewModel listening

    implicitHeight: Theme.barHeight - Theme.gap1 + Theme.gap2 * 2 + (words.visible ? words.implicitHeight : 0)
    color: Theme.voice
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("朗读")

    Rectangle {
        width: root.listening.count > 0 ? root.width * root.listening.number / root.listening.count : 0
        height: Theme.mm(1)
        color: Theme.voiceInk
        visible: !root.listening.hasEnded
    }
    Text {
        id: words

        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.gap1
        width: parent.width - Theme.margin * 2
        visible: root.listening.trouble !== ""
        text: root.listening.trouble
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        color: Theme.voiceInk
        font.family: Theme.family
        font.pixelSize: Theme.body
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap2    // as far from the bar below as any two buttons
        spacing: Theme.gap2
        layoutDirection: Theme.leftHanded ? Qt.RightToLeft : Qt.LeftToRight

        VoiceButton {
            glyph: Glyphs.previousSentence
            text: qsTr("上一句")
            enabled: root.listening.number > 1
            onClicked: root.listening.previous()
        }
        VoiceButton {
            width: Math.max(implicitWidth, Theme.mm(40))
            strong: true
            glyph: root.listening.isMoving ? Glyphs.pause : Glyphs.play
            text: root.listening.isMoving ? qsTr("停一下") : root.listening.hasEnded ? qsTr("从头听") : qsTr("接着听")
            onClicked: root.listening.toggle()
        }
        VoiceButton {
            glyph: Glyphs.nextSentence
            text: qsTr("下一句")
            enabled: root.listening.number < root.listening.count
            onClicked: root.listening.next()
        }
        Row {
            spacing: Theme.gap2

            VoiceButton {
                text: qsTr("慢")
                strong: root.listening.rate === "slow"
                onClicked: root.listening.chooseRate("slow")
            }
            VoiceButton {
                text: qsTr("正常")
                strong: root.listening.rate === "normal"
                onClicked: root.listening.chooseRate("normal")
            }
            VoiceButton {
                text: qsTr("快")
                strong: root.listening.rate === "fast"
                onClicked: root.listening.chooseRate("fast")
            }
        }
        VoiceButton {
            glyph: Glyphs.again
            text: qsTr("再听一遍")
            onClicked: root.listening.again()
        }
    }
}
