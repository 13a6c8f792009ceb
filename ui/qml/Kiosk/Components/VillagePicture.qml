// The village gate in morning light, with the name of this village on it. Drawn once, off the UI thread, and not before
// the window has painted something: ten picture libraries are loaded for it.
import QtQuick
import Kiosk.Theme

Item {
    id: root

    required property string village
    property bool kept: true    // false lets go of the pixels, six megabytes at rest, while nobody can see them
    property bool besideWords: false    // then it comes out of the paper on their side: no edge that cuts the hills
    property bool mayDraw: false

    clip: true
    visible: !Theme.highContrast

    Image {
        id: picture

        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.max(parent.width, parent.height * 2.25)
        height: width / 2.25
        source: root.kept && root.mayDraw ? "village.svg" : ""
        sourceSize: Qt.size(width, height)
        asynchronous: true
        cache: false    // Qt would hold it for half a minute more
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
        font.family: Theme.family
        font.bold: true
        font.pixelSize: picture.height * 0.048
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 8
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    Rectangle {
        width: parent.width * 0.16
        height: parent.height
        visible: root.besideWords
        gradient: Gradient {
            orientation: Gradient.Horizontal

            GradientStop {
                position: 0
                color: Theme.ground
            }
            GradientStop {
                position: 1
                color: Qt.alpha(Theme.ground, 0)
            }
        }
    }
    Connections {
        target: root.Window.window
        enabled: !root.mayDraw

        function onFrameSwapped() {
            root.mayDraw = true;
        }
    }
}
