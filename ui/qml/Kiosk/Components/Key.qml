// One key of the on-screen keyboard. Its neighbours stand apart for the eye, but no finger falls between them.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string label
    required property string spoken
    required property bool quick       // acts when touched, not when let go
    property string glyph: ""
    property bool accent: false
    property bool plain: true          // types what stands on it; the others are a shade darker
    property bool lit: false
    property real letterSize: root.label.length > 1 || (!root.plain && !root.accent) ? Theme.body : Theme.title
    property real reach: Theme.gap1 / 2    // how far beyond its edge a touch still counts, px
    readonly property real share: root.glyph !== "" ? 0.3 : root.label.length === 1 ? 0.8 : !root.plain ? 0.38 : 0.27    // of the width, for one letter
    readonly property color ink: root.accent ? Theme.accentInk : root.lit && !root.down ? Theme.accentText : Theme.ink

    signal struck

    text: root.label
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.spoken
    Accessible.onPressAction: root.struck()
    onPressed: {
        if (root.quick)
            root.struck();
    }
    onClicked: {
        if (!root.quick)
            root.struck();
    }

    containmentMask: QtObject {
        function contains(point: point): bool {
            return point.x >= -root.reach && point.y >= -root.reach && point.x < root.width + root.reach && point.y < root.height + root.reach;
        }
    }
    background: Paper {
        radius: Theme.mm(2.2)
        pressed: root.down
        fill: root.down ? (root.accent ? Theme.accent : Theme.voice) : root.accent ? Theme.accent : root.plain ? Theme.card : Theme.keyOther
        edge: root.accent ? Theme.accent : Theme.keyEdge
    }
    contentItem: Item {
        Row {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: -Theme.lift / 2
            spacing: Theme.gap1 * 0.75

            Icon {
                id: picture

                visible: root.glyph !== ""
                anchors.verticalCenter: parent.verticalCenter
                glyph: root.glyph
                color: face.color
                extent: face.font.pixelSize * 1.1
            }
            Label {
                id: face

                width: Math.min(implicitWidth, root.width - Theme.gap1 - (picture.visible ? picture.width + Theme.gap1 : 0))
                anchors.verticalCenter: parent.verticalCenter
                text: root.label
                color: root.down && !root.accent ? Theme.voiceInk : root.ink
                font.pixelSize: Math.min(root.letterSize, root.height * 0.62, root.width * root.share)
                font.bold: root.accent || root.lit
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.smallText
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
