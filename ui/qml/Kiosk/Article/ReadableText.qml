// Text that can be followed with the eye while it is read aloud: one sentence has an amber ground. Nothing else about it moves.
import QtQuick
import Kiosk.Theme

TextEdit {
    id: root

    property bool lit: false
    property int litStart: 0    // UTF-16 units
    property int litEnd: 0
    property bool rightToLeft: false
    property bool tall: false

    property bool lighting: false    // rich text tells every selection as a change of text

    function relight() {
        if (root.lighting)
            return;
        root.lighting = true;
        if (root.lit)
            root.select(root.litStart, root.litEnd);
        else
            root.deselect();
        root.lighting = false;
    }

    function move() {
        if (root.lit)
            root.relight();
    }

    enabled: false    // a finger belongs to the list
    readOnly: true
    persistentSelection: true
    textFormat: TextEdit.RichText
    wrapMode: TextEdit.Wrap
    color: Theme.ink
    selectionColor: Theme.voice
    selectedTextColor: Theme.voiceInk
    font.family: root.rightToLeft ? Theme.naskhFamily : root.tall ? Theme.tibetanFamily : Theme.family
    font.pixelSize: Theme.body
    horizontalAlignment: root.rightToLeft ? TextEdit.AlignRight : TextEdit.AlignLeft
    Accessible.role: Accessible.Paragraph

    onTextChanged: root.relight()
    onLitChanged: root.relight()
    onLitStartChanged: root.move()
    onLitEndChanged: root.move()
}
