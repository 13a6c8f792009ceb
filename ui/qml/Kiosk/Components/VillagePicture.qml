// The village gate in morning light, with the name of this village on it. Drawn once, off the UI thread.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    required property string village
    property bool dimmed: false

    clip: true
    visible: !Theme.highContrast

    Image {
        id: picture

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.max(parent.width, parent.height * 2.25)
        height: width / 2.25
        source: "village.svg"
        sourceSize: Qt.size(width, height)
        asynchronous: true
        cache: true
    }
    Text {
        // the board over the gate, in the picture's own proportions
        x: picture.x + picture.width * 0.5 - width / 2
        y: picture.y + picture.height * 0.558 - height / 2
        width: picture.width * 0.088
        visible: picture.status === Image.Ready
        text: root.village
        textFormat: Text.PlainText
        color: Theme.board
        font.family: "Noto Serif CJK SC"
        font.bold: true
        font.pixelSize: picture.height * 0.048
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 8
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
}
