// The rows of one tab, one delegate each, with whatever stands above them as header. Follows the voice.
pragma ComponentBehavior: Bound

import QtQuick
import Qt.labs.qmlmodels
import Kiosk.Theme
import Kiosk.ViewModels

ListView {
    id: root

    required property ItemViewModel item
    required property ListeningViewModel listening
    readonly property real column: Math.min(root.width, Theme.lineWidth)    // of running text
    readonly property real box: Math.min(root.width, Theme.lineWidth + Theme.gap5 * 2)    // of what has an edge of its own
    property real place: 0    // how far down to stay while rows and header are still being made, px
    property bool settled: false    // a finger or the voice has taken over

    signal itemRequested(pack: string, id: string)

    // Bring the lit sentence into the middle third, if it is not there.
    function follow() {
        const row = root.item.rowOf(root.listening.litPart);
        if (row < 0) {
            root.followHeader();
            return;
        }
        if (!root.itemAtIndex(row)) {
            glide.stop();
            root.settled = true;
            root.positionViewAtIndex(row, ListView.Center);
        }
        const delegate = root.itemAtIndex(row) as ArticleRow;
        if (delegate) {
            const place = delegate.litRectangle();
            root.keepInSight(delegate.y + place.y, place.height);
        }
    }

    function followHeader() {
        const lead = root.headerItem as ArticleHeader;
        if (!lead || root.listening.litPart < 0)
            return;
        const place = lead.litRectangle();
        if (place.height > 0)
            root.keepInSight(lead.y + place.y, place.height);
    }

    // Begin at the top, or stay where the tabs are in sight.
    function settle(place: real) {
        glide.stop();
        root.place = place;
        root.settled = false;
        root.stay();
    }

    function stay() {
        const last = Math.max(0, root.contentHeight - root.height);
        if (!root.settled)
            root.contentY = root.originY + Math.min(root.place, last);
    }

    function keepInSight(y: real, height: real) {
        const above = y - root.contentY;
        if (above >= root.height / 3 && above + height <= root.height * 2 / 3)
            return;
        const wanted = y - Math.max(root.height / 3, (root.height - height) / 2);
        const last = Math.max(root.originY, root.originY + root.contentHeight - root.height);
        root.settled = true;
        glide.to = Math.min(Math.max(wanted, root.originY), last);
        glide.restart();
    }

    boundsBehavior: Flickable.StopAtBounds
    flickDeceleration: Theme.mm(900)
    cacheBuffer: 0    // rows made ahead are made in pieces, and a page that changes meanwhile leaves them dangling
    reuseItems: true
    model: root.item.rows

    onMovementStarted: root.settled = true
    onContentHeightChanged: root.stay()
    onOriginYChanged: root.stay()

    NumberAnimation on contentY {
        id: glide

        running: false
        duration: Theme.slide * 2
        easing.type: Easing.InOutQuad
    }
    Connections {
        target: root.item

        function onOpened() {
            root.settle(0);
        }
    }
    Connections {
        target: root.listening

        function onLitChanged() {
            if (root.listening.litPart >= 0)
                root.follow();
        }
    }
    delegate: DelegateChooser {
        role: "kind"

        DelegateChoice {
            roleValue: "heading"

            HeadingRow {
                width: root.width
                column: root.column
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "paragraph"

            ParagraphRow {
                width: root.width
                column: root.column
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "entry"

            EntryRow {
                width: root.width
                column: root.column
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "table"

            TableRow {
                width: root.width
                column: root.box
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "picture"

            PictureRow {
                width: root.width
                column: root.box
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "callout"

            CalloutRow {
                width: root.width
                column: root.box
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "question"

            QuestionHeading {
                width: root.width
                column: root.column
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "meta"

            MetaRow {
                width: root.width
                column: root.column
                listening: root.listening
            }
        }
        DelegateChoice {
            roleValue: "card"

            CardRow {
                width: root.width
                column: root.box
                listening: root.listening
                onItemRequested: (pack, id) => root.itemRequested(pack, id)
            }
        }
    }
}
