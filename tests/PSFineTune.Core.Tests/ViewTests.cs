using System.Xml.Linq;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Laws over the views of module/PSFineTune.format.ps1xml.</summary>
public class ViewTests
{
    // A console of 80 columns leaves its last one free.
    const int Columns = 79;

    // Of a column that takes what is left.
    const int Least = 8;

    static readonly XElement s_views = XDocument.Load(Path.Combine(ConventionTests.Root, "module", "PSFineTune.format.ps1xml")).Root!;

    public static TheoryData<string> Tables => [.. s_views.Descendants("View").Where(view => view.Element("TableControl") is not null).Select(view => view.Element("Name")!.Value)];

    [Theory, MemberData(nameof(Tables))]
    public void Table_fits_a_terminal(string name)
    {
        var headers = View(name).Descendants("TableColumnHeader").ToList();
        var wide = headers.Sum(header => (int?)header.Element("Width") ?? Least) + headers.Count - 1;
        Assert.True(wide <= Columns, $"{name} takes {wide} columns of {Columns}.");
        Assert.All(headers.Where(header => header.Element("Width") is not null), header => Assert.True(((string?)header.Element("Label") ?? "").Length <= (int)header.Element("Width")!, $"{name}: a heading is cut."));
    }

    [Theory, MemberData(nameof(Tables))]
    public void Table_has_a_cell_under_each_heading(string name) =>
        Assert.All(View(name).Descendants("TableRowEntry"), row => Assert.Equal(View(name).Descendants("TableColumnHeader").Count(), row.Descendants("TableColumnItem").Count()));

    [Theory]
    [InlineData("PSFineTune.Training.RunRecord")]
    [InlineData("PSFineTune.Training.ModelLayer")]
    [InlineData("PSFineTune.Metrics.Evaluation")]
    public void Main_results_have_a_table_and_a_list(string type)
    {
        var views = s_views.Descendants("View").Where(view => view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == type)).ToList();
        Assert.Contains(views, view => view.Element("TableControl") is not null);
        Assert.Contains(views, view => view.Element("ListControl") is not null);
    }

    [Fact]
    public void No_view_writes_escape_codes() => Assert.DoesNotContain("\u001b", s_views.ToString().Replace("`e", "\u001b"));

    static XElement View(string name) => s_views.Descendants("View").Single(view => view.Element("Name")!.Value == name);
}
