// Results and our own keyboard, both in sight: one above the other on a tall screen, side by side on a wide one.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property SearchViewModel viewModel
    readonly property bool beside: !Theme.portrait
    readonly property real keyboardWidth: root.beside ? Math.min(Math.max(root.width * 0.46, Math.min(Theme.mm(166), root.width * 0.56)), Theme.mm(220)) : root.width
    readonly property real keyboardX: root.beside && !Theme.leftHanded ? root.width - root.keyboardWidth : 0
    readonly property real resultsX: root.beside && Theme.leftHanded ? root.keyboardWidth + Theme.gap3 : Theme.margin
    readonly property real resultsWidth: root.beside ? root.width - root.keyboardWidth - Theme.gap3 - Theme.margin : root.width - Theme.margin * 2

    focus: true

    onVisibleChanged: {
        if (root.visible)
            root.forceActiveFocus();
    }
    Component.onCompleted: {
        root.viewModel.mirror(Theme.leftHanded);
        root.viewModel.makeRoom(suggestions.places, suggestions.characters);
    }
    Keys.onPressed: event => {
        root.viewModel.typed(event.text);
        event.accepted = event.text !== "";
    }

    Connections {
        target: Theme

        function onLeftHandedChanged() {
            root.viewModel.mirror(Theme.leftHanded);
        }
    }
    Connections {
        target: root.viewModel

        function onAnswered() {
            results.positionViewAtBeginning();
            if (settling.running)
                settling.restart();
        }
    }

    // --- where one types ---
    PageTitle {
        id: title

        x: root.keyboardX + Theme.gap2
        anchors.bottom: field.top
        anchors.bottomMargin: Theme.gap3
        width: root.keyboardWidth - Theme.gap2 * 2
        visible: root.beside && field.y > height + Theme.gap3 * 2
        text: qsTr("想查什么？")
    }
    SearchField {
        id: field

        x: root.beside ? root.keyboardX + (Theme.leftHanded ? Theme.gap1 : 0) : Theme.margin
        y: root.beside ? bar.y - height - Theme.gap2 : Theme.gap2
        width: root.beside ? root.keyboardWidth - Theme.gap1 : root.width - Theme.margin * 2
        text: root.viewModel.text
        letters: root.viewModel.letters
        placeholder: title.visible ? qsTr("打拼音就行") : qsTr("想查什么？打拼音就行")
    }
    CandidateBar {
        id: bar

        x: root.keyboardX
        y: keyboard.y - height
        width: root.keyboardWidth
        words: root.viewModel.bar
        letters: root.viewModel.letters
        echoing: !root.beside
        hint: root.viewModel.barHint
        expanded: root.viewModel.expanded
        marked: root.viewModel.letters !== ""
        onChosen: place => root.viewModel.choose(place)
        onExpandRequested: root.viewModel.expand()
    }
    Keyboard {
        id: keyboard

        readonly property real keyHeight: Math.min(Math.max(unit * 1.05, Theme.touchTarget), Theme.mm(20))

        x: root.keyboardX
        y: root.height - height
        width: root.keyboardWidth
        height: Math.min(heightFor(keyHeight), root.height - field.height - bar.height - Theme.gap2 * 2)
        keys: root.viewModel.keys
        words: root.viewModel.bar
        rows: root.viewModel.rows
        columns: root.viewModel.columns
        expanded: root.viewModel.expanded
        onStruck: place => root.viewModel.touchKey(place)
        onChosen: place => root.viewModel.choose(place)
    }

    // --- what one may go on to ---
    Suggestions {
        id: suggestions

        x: root.beside ? root.resultsX : 0
        y: (root.beside ? root.height : bar.y) - height
        width: root.beside ? root.resultsWidth : root.width
        inset: root.beside ? 0 : Theme.margin
        most: ((root.beside ? root.height : bar.y) - room.y) * 0.42
        words: root.viewModel.suggestions
        held: root.viewModel.held
        onPlacesChanged: root.viewModel.makeRoom(places, characters)
        onCharactersChanged: root.viewModel.makeRoom(places, characters)
        onChosen: place => {
            settling.restart();
            root.viewModel.takeSuggestion(place);
        }
    }

    // --- what one finds ---
    Item {
        id: room

        x: root.resultsX
        y: root.beside ? Theme.gap2 : field.y + field.height + Theme.gap2
        width: root.resultsWidth
        height: (root.beside ? root.height : bar.y) - suggestions.height - y

        HotWords {
            anchors.fill: parent
            visible: root.viewModel.screen === "hot"
            words: root.viewModel.hotWords
            heading: root.viewModel.heading
            onChosen: word => root.viewModel.searchFor(word)
        }
        BusyLine {
            busy: root.viewModel.screen === "waiting"
        }
        ResultList {
            id: results

            anchors.fill: parent
            visible: root.viewModel.screen === "found"
            model: root.viewModel.found
            heading: root.viewModel.heading
            meant: root.viewModel.meant
            announcement: root.viewModel.announcement
            emergency: root.viewModel.emergency
            phone: root.viewModel.phone
            phoneLabel: root.viewModel.phoneLabel
            busy: root.viewModel.busy
            asked: root.viewModel.asked
            filters: root.viewModel.filters
            canFilter: root.viewModel.canFilter
            filtering: root.viewModel.filtering
            onOpened: (pack, item) => root.navigator.item(pack, item)
            onFiltersRequested: root.viewModel.toggleFilters()
            onNarrowed: (facet, value) => root.viewModel.narrow(facet, value)
        }
        NothingFound {
            anchors.fill: parent
            visible: root.viewModel.screen === "nothing" || root.viewModel.screen === "failed"
            themes: root.viewModel.themes
            sentence: root.viewModel.heading
            todo: root.viewModel.nothing
            phone: root.viewModel.phone
            phoneLabel: root.viewModel.phoneLabel
            onThemeChosen: theme => root.navigator.theme(theme)
        }

        // The second half of a double touch on a suggestion must not fall on the result that stands there now.
        MouseArea {
            anchors.fill: parent
            enabled: settling.running
        }
        Timer {
            id: settling

            interval: 500
        }
    }
}
