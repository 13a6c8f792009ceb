// Every colour by role, every size in millimetres, every duration. Nothing else in the QML names a colour or a pixel.
pragma Singleton

import QtQuick

QtObject {
    id: root

    // --- set by the window ---
    property real pixelsPerMm: 4.03    // logical px per mm of the panel
    property real distance: 1.0        // viewing distance as a share of 55 cm: letters grow with it
    property real targetMm: 15         // least height of what can be touched; 12 on small panels
    property int size: 0               // 0 标准, 1 大, 2 最大
    property bool highContrast: false
    property bool leftHanded: false
    property bool reducedMotion: false
    property string iconFamily: ""
    property bool portrait: true

    // --- colours ---
    readonly property color ground: root.highContrast ? "#000000" : "#F6F1E7"
    readonly property color card: root.highContrast ? "#000000" : "#FFFFFF"
    readonly property color cardEdge: root.highContrast ? "#FFFFFF" : "#E3DAC8"
    readonly property color shade: root.highContrast ? "#000000" : "#DDD2BC"
    readonly property color ink: root.highContrast ? "#FFFFFF" : "#23201B"
    readonly property color softInk: root.highContrast ? "#F2E9D0" : "#5A5348"
    readonly property color accent: root.highContrast ? "#FFD400" : "#B3321F"
    readonly property color accentInk: root.highContrast ? "#000000" : "#FFFFFF"
    readonly property color accentText: root.highContrast ? "#FFD400" : "#B3321F"
    readonly property color voice: root.highContrast ? "#FFD400" : "#FFE3A3"
    readonly property color voiceInk: root.highContrast ? "#000000" : "#23201B"
    readonly property color answer: root.highContrast ? "#000000" : "#FFF8E6"
    readonly property color bar: root.highContrast ? "#000000" : "#FFFFFF"
    readonly property color keyboard: root.highContrast ? "#000000" : "#EDE5D4"
    readonly property color keyEdge: root.highContrast ? "#FFFFFF" : "#D5C8AF"
    readonly property color keyOther: root.highContrast ? "#000000" : "#F6F0E3"
    readonly property color good: root.highContrast ? "#FFFFFF" : "#1F6F54"
    readonly property color goodGround: root.highContrast ? "#000000" : "#E6F1EA"
    readonly property color review: root.highContrast ? "#FFFFFF" : "#8A5A00"
    readonly property color reviewGround: root.highContrast ? "#000000" : "#FBF1DA"
    readonly property color ended: root.highContrast ? "#FFFFFF" : "#6B655C"
    readonly property color endedGround: root.highContrast ? "#000000" : "#EFEAE0"
    readonly property color chosen: root.highContrast ? "#FFFFFF" : "#23201B"
    readonly property color chosenInk: root.highContrast ? "#000000" : "#FFFFFF"
    readonly property color pictureInk: "#FFFFFF"    // icons on a hue
    readonly property color board: "#FFF4DC"    // letters on the board over the gate
    readonly property color plainInk: "#23201B"    // samples of both themes, the same in both
    readonly property color plainGround: "#F6F1E7"
    readonly property color strongInk: "#FFFFFF"
    readonly property color strongGround: "#000000"
    readonly property color paper: "#FFFFFF"    // what is printed, and codes: the same in every theme
    readonly property color printInk: "#000000"
    readonly property color veil: "#99000000"
    readonly property color meadow: "#A2B58F"    // the lowest green of the village picture
    readonly property list<color> hues: [
        "#9E5F48", "#16827D", "#995B79", "#797430", "#7567A1", "#4675A4",
        "#966634", "#4E7F50", "#9F5B5C", "#277C99", "#8D6B2D", "#657B3D"
    ]

    // --- lengths in px ---
    readonly property real gap1: root.mm(2)
    readonly property real gap2: root.mm(4)
    readonly property real gap3: root.mm(6)
    readonly property real gap4: root.mm(10)
    readonly property real gap5: root.mm(16)
    readonly property real margin: root.portrait ? root.mm(8) : root.mm(9)
    readonly property real corner: root.mm(3)
    readonly property real border: Math.max(1, root.mm(0.4))
    readonly property real lift: Math.max(1, root.mm(0.6))
    readonly property real touchTarget: root.mm(root.targetMm)
    readonly property real barHeight: root.mm(root.targetMm) + Math.round(root.smallText * 1.45) + root.gap1

    // --- letters: em in px ---
    readonly property real bodyMm: [6.4, 8.0, 9.9][root.size]
    readonly property real body: root.letter(root.bodyMm)
    readonly property real title: root.letter(root.bodyMm * 1.3)
    readonly property real pageTitle: root.letter(root.bodyMm * 1.8)
    readonly property real smallText: root.letter(Math.max(5.0, root.bodyMm * 0.8))
    readonly property real smallestText: root.letter(5.0)    // where words must fit
    readonly property real lineHeight: 1.04    // of the font's own line, which is 1.45 em: 1.5 em
    readonly property real tallLineHeight: 1.8
    readonly property string family: "Noto Sans CJK SC"
    readonly property string naskhFamily: "Noto Naskh Arabic"
    readonly property string tibetanFamily: "Noto Serif Tibetan"
    readonly property real lineWidth: root.body * 36    // at most 36 Chinese characters
    readonly property real stripHeight: Math.round(root.smallText * 1.5 + root.body * 1.5) + root.gap2

    // --- durations in ms ---
    readonly property int slide: root.reducedMotion ? 0 : 150
    readonly property int patience: 300    // after this, work shows that it goes on

    // Millimetres of the panel → px.
    function mm(length: real): real {
        return Math.round(length * root.pixelsPerMm);
    }

    // Millimetres of a letter at 55 cm → px at this distance.
    function letter(length: real): real {
        return Math.max(1, Math.round(length * root.pixelsPerMm * root.distance));
    }

    // The quiet colour of a theme's picture, hue 1 to 12.
    function hue(number: int): color {
        return root.hues[Math.min(Math.max(number, 1), root.hues.length) - 1];
    }
}
