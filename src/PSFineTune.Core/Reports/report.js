'use strict';
(() => {
    const all = (under, what) => [...under.querySelectorAll(what)];
    document.documentElement.classList.add('js');

    // Tables: a button in each heading sorts by its column, once more the other way round.
    const valueOf = (row, column, kind) => {
        const cell = row.cells[column];
        if (kind === 'text') return cell.textContent.trim();
        const value = Number.parseFloat(cell.dataset.value ?? cell.textContent.replace(/[^0-9.-]/g, ''));
        return Number.isNaN(value) ? -Infinity : value;
    };
    const order = new Intl.Collator(undefined, { numeric: true }).compare;
    for (const table of all(document, 'table.sortable')) {
        const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
        heads.forEach((head, column) => {
            const kind = head.dataset.sort;
            if (!kind) return;
            const button = document.createElement('button');
            button.type = 'button';
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener('click', () => {
                const turned = head.getAttribute('aria-sort') === 'ascending';
                for (const other of heads) other.removeAttribute('aria-sort');
                head.setAttribute('aria-sort', turned ? 'descending' : 'ascending');
                const rows = [...body.rows].map(row => [row, valueOf(row, column, kind)]);
                rows.sort(([, a], [, b]) => (kind === 'text' ? order(a, b) : a - b) * (turned ? -1 : 1));
                body.append(...rows.map(([row]) => row));
            });
        });
    }

    // What is long waits behind a button.
    for (const fold of all(document, '.fold')) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'unfold';
        button.textContent = fold.dataset.label;
        button.setAttribute('aria-expanded', 'false');
        button.addEventListener('click', () => button.setAttribute('aria-expanded', String(fold.classList.toggle('open'))));
        fold.before(button);
    }

    // A number of the confusion matrix shows its samples below it.
    for (const matrix of all(document, '.matrix')) {
        const links = all(matrix, 'td a'), status = matrix.querySelector('[role=status]');
        const show = link => {
            for (const other of links) {
                document.getElementById(other.hash.slice(1)).classList.toggle('shown', other === link);
                if (other === link) other.setAttribute('aria-current', 'true');
                else other.removeAttribute('aria-current');
            }
        };
        const placeOf = link => [link.closest('tr').rowIndex, link.parentElement.cellIndex];
        // The next number in a direction; rows and columns have gaps where nothing was confused.
        const next = (link, down, right) => {
            const [row, column] = placeOf(link);
            return links.map(other => [other, ...placeOf(other)])
                .filter(([, r, c]) => down ? c === column && (r - row) * down > 0 : r === row && (c - column) * right > 0)
                .sort((a, b) => Math.abs(a[1] - row) + Math.abs(a[2] - column) - Math.abs(b[1] - row) - Math.abs(b[2] - column))[0]?.[0];
        };
        const keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
        for (const link of links) {
            const choose = pressed => {
                pressed.preventDefault();
                show(link);
                status.textContent = link.getAttribute('aria-label') + ', shown.';
            };
            link.addEventListener('click', choose);
            link.addEventListener('keydown', pressed => {
                if (pressed.key === ' ') choose(pressed);
                if (!keys[pressed.key]) return;
                pressed.preventDefault();
                next(link, ...keys[pressed.key])?.focus();
            });
        }
        // The most frequent mistake is there from the start.
        const mistakes = links.filter(link => link.parentElement.className === 'miss').sort((a, b) => b.textContent - a.textContent);
        if (mistakes.length > 0) show(mistakes[0]);
    }
})();
