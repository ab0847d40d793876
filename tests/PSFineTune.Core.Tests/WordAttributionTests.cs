using PSFineTune.Attributions;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>At which words trained models of texts find their class.</summary>
[Collection("Training")]
public sealed class WordAttributionTests
{
    static readonly string[] s_telling = ["dog", "cat", "horse", "red", "green", "blue", "one", "two", "three"];

    public static TheoryData<string, string> EveryPair => [.. from model in (string[])[nameof(LinearSvm), nameof(Svm), nameof(TextCnn), nameof(BiLstm)]
                                                              from method in Catalog<AttributionMethod>.Names
                                                              where Catalog<AttributionMethod>.Create(method).Explains(Spec(model))
                                                              select (model, method)];

    [Theory, MemberData(nameof(EveryPair))]
    public void The_word_that_tells_the_class_weighs_most(string model, string method)
    {
        using var folder = new TempFolder();
        var data = HeldTexts.Made(120);
        var plan = PlanStart.For(Spec(model), data, null, null) with { Threads = 1, BatchSize = 8, Epochs = 10 };
        if (Spec(model) is TextNetworkSpec) plan = plan with { Optimizer = plan.Optimizer with { LearningRate = 2e-2 } };
        var trained = Trained(plan, data, folder);
        using var predictor = trained.NewPredictor();
        using var attributor = new Attributor(trained, predictor, Catalog<AttributionMethod>.Create(method), null, null);
        var (right, told) = (0, 0);
        foreach (var sample in data.Validation)
        {
            var found = attributor.Explain([new($"  {sample.Item}, ", "notes.txt", sample.Label)], default)[0].Attribution!;
            Assert.Equal(($"{sample.Item},", "notes.txt", sample.Label, method), (found.Text, found.Path, found.TrueLabel, found.Method));
            if (found.Predicted == sample.Label) right++;
            if (found.Predicted == sample.Label && s_telling.Contains(found.Words.MaxBy(weight => weight.Weight)!.Word)) told++;
            Assert.All(found.Words, weight => Assert.Equal(weight.Word, found.Text!.Substring(weight.From, weight.Word.Length)));
            Assert.True(found.Words.Zip(found.Words.Skip(1)).All(pair => pair.First.From + pair.First.Word.Length <= pair.Second.From));
            Assert.Null(found.Heat);
        }
        Assert.True(right > 0.8 * data.Validation.Count && told > 0.5 * right, $"{right} of {data.Validation.Count} right, and of {told} the word that tells weighs most");
        var nothing = attributor.Explain([new("")], default)[0].Attribution!;
        Assert.All(nothing.Words, weight => Assert.Equal(0, weight.Weight));
    }

    // Whatever terms are made of: the parts of a linear decision add up to all of it but the bias, which the empty text has alone.
    [Theory, InlineData(1), InlineData(3), InlineData(0)]
    public void The_words_of_a_linear_model_add_up_to_its_decision(int longest)
    {
        using var folder = new TempFolder();
        var tickets = TermModelTests.Tickets();
        TokenizerSpec tokens = longest == 0 ? new CharacterTokens { MinLength = 2, MaxLength = 4, WithinWords = true } : new PatternTokens();
        var pipeline = new TextPipeline { Tokens = tokens, MaxNGram = Math.Max(1, longest) };
        var trained = Trained(PlanStart.For(new LinearSvm(), tickets, null, null) with { Threads = 1, TextPipeline = pipeline }, tickets, folder);
        using var predictor = (TermPredictor)trained.NewPredictor();
        const string Text = "please help, my printer toner is broken and the printer jams";
        for (var label = 0; label < 3; label++)
        {
            var whole = predictor.Explain(Text, label, 1000).Sum(term => term.Weight);
            Assert.NotEqual(0, whole);
            Assert.Equal(whole, predictor.Words(Text, label).Sum(word => word.Weight), 1e-9);
        }
        Assert.Equal(["please", "help"], predictor.Words(Text, 0).Take(2).Select(word => word.Word.TrimEnd(',')));
    }

    static ModelSpec Spec(string name) => name is nameof(TextCnn) or nameof(BiLstm) ? TextNetworkTests.Small(name) : Catalog<ModelSpec>.Create(name);

    static TrainedModel Trained(TrainingPlan plan, Data.Dataset data, TempFolder folder)
    {
        var run = FineTuning.Run(plan, data, folder.Path, null, CancellationToken.None).OfType<RunDone>().Single().Record;
        return TrainedModel.From(run, folder.Path);
    }
}
