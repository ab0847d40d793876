using PSFineTune.Data;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Reports;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Reports of real runs: judged, compared, stopped, without data, packed, of texts.</summary>
[Collection("Training")]
public sealed class ReportRunTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Workspace => _folder["workspace"];

    [Fact]
    public void A_run_of_ten_classes_fits_a_mail_and_names_no_folder()
    {
        var run = Trained(Data(10, 16), 2);
        var report = Gathered(new() { Run = run, Workspace = Workspace });
        Assert.Equal((Split.Test, 10, 24), (report.Split, report.Counts.Count, report.Samples.Count));
        Assert.Equal(4, report.Augmented.Count);
        Assert.All(report.Augmented, row => Assert.Equal(5, row.Count));
        var judged = report.Run.Evaluation!;
        Assert.All(report.Run.Cells, cell => Assert.InRange(cell.Value.Count, 1, judged.Confusion.Rows[cell.Key.Row][cell.Key.Column]));
        Assert.Equal(judged.Confusion.Rows.Sum(row => row.Count(count => count > 0)), report.Run.Cells.Count);
        Assert.All(report.Run.Cells.Values.SelectMany(cell => cell).Concat(report.Samples).Concat(report.Run.Worst), sample => Assert.NotNull(sample.Picture));
        Assert.All(run.Epochs, epoch => Assert.True(epoch.PeakMemory > 0));

        var file = _folder["report.html"];
        ReportFile.Write(file, report);
        Assert.InRange(new FileInfo(file).Length, 100_000, 3_000_000);
        var page = File.ReadAllText(file);
        Assert.DoesNotContain(_folder.Path, page);
        Assert.Contains(PlanHash.Of(run.Plan), page);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
        // The same run, the same page.
        Assert.Equal(page, ReportPage.Of(Gathered(new() { Run = run.Id, Workspace = Workspace })));
    }

    [Fact]
    public void Two_runs_are_judged_on_the_same_samples()
    {
        var data = Data(2, 24);
        var (one, other) = (Trained(data, 1), Trained(data, 2, 0.05));
        var report = Gathered(new() { Run = one, Compare = other.Path, Workspace = Workspace, Dataset = data, Split = Split.Train });
        Assert.Equal(report.Run.Evaluation!.Count, report.Other!.Evaluation!.Count);
        var (first, second) = report.OnlyRight;
        Assert.Equal(Math.Round((report.Other.Evaluation.Accuracy - report.Run.Evaluation.Accuracy) * report.Run.Evaluation.Count), second - first);
        Assert.Equal(Math.Min(12, first), report.Disagreements.Count(differing => differing.Sample.Predicted == differing.Sample.Label));
        var page = ReportPage.Of(report);
        Assert.Contains("optimizer.learningRate", page);
        Assert.Contains("epochs", page);
    }

    [Fact]
    public void Where_the_data_are_gone_the_rest_is_shown()
    {
        var run = Trained(Data(2, 16), 1);
        Directory.Move(_folder["data"], _folder["elsewhere"]);
        var report = Gathered(new() { Run = run, Workspace = Workspace });
        Assert.Null(report.Run.Evaluation);
        var page = ReportPage.Of(report);
        Assert.Contains("cannot be read", page);
        Assert.Contains("id=\"curves\"", page);
        Assert.DoesNotContain("id=\"confusion\"", page);
        Assert.DoesNotContain(_folder.Path, page);
    }

    [Fact]
    public void A_run_stopped_before_its_first_checkpoint_has_a_page_without_an_evaluation()
    {
        var data = Data(2, 16);
        using var stop = new CancellationTokenSource();
        RunFolder? folder = null;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var happened in FineTuning.Run(Plan(data, 2), data, Workspace, null, stop.Token, new()))
                if (happened is RunDone or EpochDone) Assert.Fail("It ended.");
                else if (folder is null && RunFolder.All(Workspace).FirstOrDefault() is { } began) (folder, _) = (began, stop.CancelAsync());
        });
        foreach (var checkpoint in folder!.Checkpoints()) Directory.Delete(checkpoint, recursive: true);
        var page = ReportPage.Of(Gathered(new() { Run = folder.Id, Workspace = Workspace }));
        Assert.Contains("could not be judged", page);
        Assert.Contains("id=\"data\"", page);
    }

    [Fact]
    public void A_package_is_judged_on_the_data_that_are_given()
    {
        var data = Data(2, 16);
        var run = Trained(data, 1);
        TrainedModel.From(run, Workspace).Export(_folder["a.psft"], null);
        var report = Gathered(new() { Run = _folder["a.psft"], Workspace = _folder["other"], Dataset = data, Title = "Package" });
        Assert.True(report.Run.IsPackage);
        Assert.Equal(Gathered(new() { Run = run, Workspace = Workspace }).Run.Evaluation!.Accuracy, report.Run.Evaluation!.Accuracy);
        Assert.Contains("Measure-FineTuneModel &#39;./model.psft&#39;", ReportPage.Of(report));
        var alone = Gathered(new() { Run = _folder["a.psft"], Workspace = _folder["other"] });
        Assert.Null(alone.Run.Evaluation);
        Assert.Contains("cannot be read", ReportPage.Of(alone));
    }

    [Fact]
    public void A_machine_of_terms_names_the_words_that_decided()
    {
        string[] words = ["red apple", "green pear", "fast car", "slow train"];
        File.WriteAllText(_folder["texts.csv"], "text,label\n" + string.Concat(Enumerable.Range(0, 80).Select(row => $"{words[row % 4]} number {row},{(row % 7 == 0 ? "other" : row % 4 < 2 ? "fruit" : "vehicle")}\n")));
        var data = TextDataset.Import(new() { Root = _folder["texts.csv"], ValidationFraction = 0.4 }, Workspace);
        var plan = PlanStart.For(new Models.LinearSvm(), data, null, null) with { Threads = 1 };
        var run = FineTuning.Run(plan, data, Workspace, null, CancellationToken.None, new()).OfType<RunDone>().Single().Record;
        var report = Gathered(new() { Run = run, Workspace = Workspace });
        Assert.Contains(report.Run.Worst, sample => sample.Words is not null);
        Assert.All(report.Samples, sample => Assert.NotNull(sample.Text));
        var page = ReportPage.Of(report);
        Assert.Contains("<blockquote", page);
        Assert.DoesNotContain("<figure class=\"chart\"><figcaption>loss", page);
    }

    [Theory]
    [InlineData("report", "report.html"), InlineData("a/report.HTM", "a/report.HTM"), InlineData("report.html", "report.html")]
    public void A_page_ends_in_html(string given, string named) => Assert.Equal(named, ReportFile.Named(given));

    [Fact]
    public void Another_ending_is_a_fault() => Assert.Equal("NotAPage", Assert.Throws<FineTuneException>(() => ReportFile.Named("report.pdf")).Id);

    Report Gathered(ReportRequest request) => new ReportGathering(request, new Silent(), CancellationToken.None).Run().Last().Result!;

    ImageDataset Data(int classes, int each)
    {
        Pictures.WriteClasses(_folder["data"], classes, each);
        return ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25, TestFraction = 0.25 }, Workspace, CancellationToken.None);
    }

    static TrainingPlan Plan(Dataset data, int epochs, double rate = 0.01)
    {
        var plan = PlanStart.For(new Models.ResNet20(), data, "Random", new Tutorial()) with { BatchSize = 8, Threads = 1, Epochs = epochs };
        return plan with { Optimizer = plan.Optimizer with { LearningRate = rate } };
    }

    RunRecord Trained(Dataset data, int epochs, double rate = 0.01) =>
        FineTuning.Run(Plan(data, epochs, rate), data, Workspace, null, CancellationToken.None, new()).OfType<RunDone>().Single().Record;

    sealed class Silent : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) { }
    }
}
