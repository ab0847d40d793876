using Deque.AxeCore.Commons;
using PSFineTune.Reports;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The page in a browser: what a reader with a mouse, with keys, with a screen reader, a phone or paper meets.</summary>
public sealed class ReportBrowserTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pictures", false), InlineData("texts", true)]
    public async Task No_rule_of_accessibility_is_broken_in_light_and_dark(string kind, bool beside)
    {
        var page = await Opened(ReportExamples.Of(ReportExamples.Plain, isText: kind == "texts", beside: beside));
        await page.Value<bool>(new BundledAxeScriptProvider().GetScript() + "; true");
        foreach (var scheme in new[] { "light", "dark" })
        {
            await page.Media("screen", scheme);
            foreach (var unfold in new[] { "0", "document.querySelectorAll('.unfold').forEach(button => button.click())" })
            {
                await page.Value<object>(unfold);
                Assert.Equal("[]", await page.Value<string>("axe.run(document, { resultTypes: ['violations'] }).then(result => JSON.stringify(result.violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + node.failureSummary)])))"));
            }
        }
        AssertQuiet(page);
    }

    [Fact]
    public async Task A_table_sorts_by_mouse_and_by_key_and_says_how()
    {
        var page = await Opened(ReportExamples.Of(ReportExamples.Plain));
        const string Values = "[...document.querySelectorAll('#classes tbody tr')].map(row => Number(row.cells[1].textContent))";
        Assert.Equal(Enumerable.Range(0, 10).Select(index => 12 - index), await page.Value<int[]>(Values));
        await page.Click("#classes th:nth-child(2) button");
        Assert.Equal(Enumerable.Range(3, 10), await page.Value<int[]>(Values));
        Assert.Equal("ascending", await page.Value<string>("document.querySelector('#classes th:nth-child(2)').getAttribute('aria-sort')"));
        // Now it has the focus.
        await page.Press("Enter");
        Assert.Equal("descending", await page.Value<string>("document.querySelector('#classes th:nth-child(2)').getAttribute('aria-sort')"));
        Assert.Equal(12, (await page.Value<int[]>(Values))[0]);
        await page.Press("Tab");
        await page.Press(" ");
        Assert.Equal(["none", "ascending"], await page.Value<string[]>("[2, 3].map(n => document.querySelector(`#classes th:nth-child(${n})`).getAttribute('aria-sort') ?? 'none')"));
        await page.Click("#classes th:first-child button");
        Assert.Equal(ReportExamples.Plain, await page.Value<string[]>("[...document.querySelectorAll('#classes tbody th')].map(cell => cell.textContent)"));
        AssertQuiet(page);
    }

    [Fact]
    public async Task A_number_of_the_confusion_shows_its_samples_by_mouse_and_by_key()
    {
        var page = await Opened(ReportExamples.Of(ReportExamples.Plain));
        const string Shown = "[...document.querySelectorAll('.cell')].filter(cell => cell.offsetParent).map(cell => cell.id)";
        // Two of every mistake were made: the first is shown from the start.
        Assert.Equal(["cell-0-0-5"], await page.Value<string[]>(Shown));
        Assert.Equal("", await page.Value<string>("document.querySelector('.chosen').textContent"));
        await page.Click("a[href='#cell-0-1-4']");
        Assert.Equal(["cell-0-1-4"], await page.Value<string[]>(Shown));
        await page.Click("a[href='#cell-0-0-5']");
        Assert.Equal(["cell-0-0-5"], await page.Value<string[]>(Shown));
        Assert.StartsWith("dress, taken for shirt: 2 samples", await page.Value<string>("document.querySelector('.chosen').textContent"));
        Assert.Equal("true", await page.Value<string>("document.querySelector(\"a[href='#cell-0-0-5']\").getAttribute('aria-current')"));
        await page.Press("ArrowDown");
        Assert.Equal("#cell-0-5-5", await page.Value<string>("document.activeElement.getAttribute('href')"));
        await page.Press("Enter");
        Assert.Equal(["cell-0-5-5"], await page.Value<string[]>(Shown));
        await page.Press("ArrowLeft");
        await page.Press(" ");
        Assert.Equal(["cell-0-5-0"], await page.Value<string[]>(Shown));
        Assert.Equal(3, await page.Value<int>("document.querySelectorAll('#cell-0-5-5 img').length"));
        AssertQuiet(page);
    }

    [Fact]
    public async Task What_is_long_waits_behind_a_button()
    {
        var page = await Opened(ReportExamples.Of(ReportExamples.Plain));
        Assert.False(await page.Value<bool>("document.querySelector('#plan pre').offsetParent !== null"));
        await page.Click("#plan .unfold");
        Assert.True(await page.Value<bool>("document.querySelector('#plan pre').offsetParent !== null && document.querySelector('#plan .unfold').getAttribute('aria-expanded') === 'true'"));
    }

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true)]
    public async Task A_phone_scrolls_no_page_sideways(bool isText, bool beside)
    {
        var page = await Opened(ReportExamples.Of([.. ReportExamples.Plain.Select(name => name + new string('w', 40))], isText: isText, beside: beside), 390);
        await page.Value<object>("document.querySelectorAll('.unfold, td a').forEach(one => one.click())");
        Assert.Equal(390, await page.Value<int>("document.documentElement.scrollWidth"));
        Assert.Equal("[]", await page.Value<string>("JSON.stringify([...document.querySelectorAll('section')].filter(part => part.getBoundingClientRect().right > 390).map(part => part.id))"));
    }

    [Fact]
    public async Task Paper_has_everything_and_no_dark()
    {
        var page = await Opened(ReportExamples.Of(ReportExamples.Plain));
        await page.Media("print", "dark");
        Assert.Equal(0, await page.Value<int>("[...document.querySelectorAll('.cell, .fold')].filter(part => !part.offsetParent).length"));
        Assert.Equal("rgb(255, 255, 255)", await page.Value<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.True((await page.Pdf()).Length > 20_000);
    }

    [Fact]
    public async Task Without_scripts_nothing_is_hidden()
    {
        var page = await browser.NewPage();
        await page.Open(Written(ReportExamples.Of(ReportExamples.Plain)), scripts: false);
        Assert.Equal(0, await page.Value<int>("[...document.querySelectorAll('.cell, .fold')].filter(part => !part.offsetParent).length + document.querySelectorAll('button').length"));
    }

    [Theory]
    [InlineData(false, false), InlineData(true, true)]
    public async Task What_a_name_or_text_holds_stays_letters(bool isText, bool beside)
    {
        foreach (var free in ReportExamples.Hostile)
        {
            var page = await Opened(ReportExamples.Of(ReportExamples.Hostile, free, isText, beside));
            await page.Value<object>("document.querySelectorAll('button, td a').forEach(one => one.click())");
            Assert.Equal(1, await page.Value<int>("document.scripts.length"));
            Assert.Equal("[]", await page.Value<string>("""
                JSON.stringify([...document.querySelectorAll('*')].filter(one => /^(base|iframe|object|embed|form|link|textarea)$/i.test(one.localName)
                    || [...one.attributes].some(attribute => attribute.name.startsWith('on') || attribute.name === 'href' && !/^#[a-z0-9-]+$/.test(attribute.value) || attribute.name === 'src' && !attribute.value.startsWith('data:image/jpeg;base64,')))
                    .map(one => one.outerHTML.slice(0, 100)))
                """));
            Assert.Contains("onerror=alert(1)", await page.Value<string>("document.querySelector('#classes tbody').textContent"));
            Assert.False(await page.Value<bool>(@"/[\u202A-\u202E\u2066-\u2069\u0000\u001B]/.test(document.documentElement.outerHTML)"));
            AssertQuiet(page);
        }
    }

    // What was asked for is the page itself, and nobody complained.
    static void AssertQuiet(BrowserPage page)
    {
        Assert.Empty(page.Complaints);
        Assert.StartsWith("file:", Assert.Single(page.Requests));
    }

    string Written(Report report)
    {
        var path = _folder[$"{Guid.NewGuid():N}.html"];
        ReportFile.Write(path, report);
        return path;
    }

    async Task<BrowserPage> Opened(Report report, int width = 1200)
    {
        var page = await browser.NewPage(width);
        await page.Media("screen", "light");
        await page.Open(Written(report));
        return page;
    }
}
