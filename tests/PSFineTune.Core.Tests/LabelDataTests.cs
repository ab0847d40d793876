using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

public class LabelDataTests
{
    static readonly string[] s_classes = ["chair", "sofa"];

    static LabelData Of(string csv) => LabelData.Parse(csv, "labels.csv", s_classes);

    [Theory]
    [InlineData("Label,Price,Link\nsofa,\"1,200\",https://x/2\nchair,80,\"a \"\"b\"\"\nc\"\n")]
    [InlineData("\uFEFFPrice;label;Link\r\n1,200;sofa;https://x/2\r\n\r\n80;chair;\"a \"\"b\"\"\nc\"")]
    public void Gives_back_the_row_of_a_label(string csv)
    {
        var data = Of(csv);
        Assert.Equal(["Price", "Link"], data.Columns);
        Assert.Equal("1,200", data.Of("sofa")["price"]);
        Assert.Equal("a \"b\"\nc", data.Of("chair")["Link"]);
    }

    [Fact]
    public void Written_and_read_again_it_is_the_same()
    {
        var csv = Of("price,label\n\"1,2\",sofa\n\"say \"\"no\"\"\",chair\n").ToCsv();
        Assert.Equal("label,price\nchair,\"say \"\"no\"\"\"\nsofa,\"1,2\"\n", csv);
        Assert.Equal(csv, Of(csv).ToCsv());
    }

    [Theory]
    [InlineData("label,price\nsofa,1\nchiar,2", "UnknownLabel", "line 3")]
    [InlineData("label,price\nsofa,\"a\nb\"\nSofa,2", "UnknownLabel", "line 4")]
    [InlineData("label,price\nsofa,1\nchair,2\nsofa,3", "BadLabelData", "line 4")]
    [InlineData("label,price\nsofa,1,2\nchair,2", "BadLabelData", "line 2")]
    [InlineData("label,price\nsofa,1", "LabelsMissing", "'chair'")]
    [InlineData("name,price\nsofa,1", "BadLabelData", "'name', 'price'")]
    [InlineData("label,price,Price\nsofa,1,1", "BadLabelData", "two columns 'Price'")]
    [InlineData("label,,x\nsofa,1,1", "BadLabelData", "no name")]
    [InlineData("", "BadLabelData", "empty")]
    [InlineData("label,price\nsofa,\"1\"x\nchair,2", "BadLabelData", "line 2")]
    public void A_mistake_is_named_with_its_line(string csv, string id, string part)
    {
        var fault = Assert.Throws<FineTuneException>(() => Of(csv));
        Assert.Equal(id, fault.Id);
        Assert.Contains(part, fault.Message);
    }

    [Fact]
    public void A_misspelt_label_gets_the_nearest_class() =>
        Assert.Contains("'chair'", Assert.Throws<FineTuneException>(() => Of("label\nchiar")).RecommendedAction);

    [Fact]
    public void A_file_that_is_no_text_or_not_there_is_a_fault()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["x.csv"], [0x6C, 0xFF, 0xFE, 0x41]);
        Assert.Equal("BadLabelData", Assert.Throws<FineTuneException>(() => LabelData.Read(folder["x.csv"], s_classes)).Id);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => LabelData.Read(folder["y.csv"], s_classes)).Id);
    }

    [Fact]
    public void A_prediction_carries_the_row_of_its_label()
    {
        var prediction = Prediction.From(s_classes, [.25f, .75f], top: 1, Of("label,price\nsofa,900\nchair,80"));
        Assert.Equal(("sofa", .75, 1), (prediction.Label, prediction.Confidence, prediction.Scores.Count));
        Assert.Equal("900", prediction.LabelData!["price"]);
    }

    [Fact]
    public void Scores_are_most_probable_first_and_of_equal_ones_the_earlier_class()
    {
        var prediction = Prediction.From(["a", "b", "c", "d"], [.2f, .3f, .2f, .3f], top: 3);
        Assert.Equal(["b", "d", "a"], prediction.Scores.Select(score => score.Label));
        Assert.Null(prediction.LabelData);
    }
}
