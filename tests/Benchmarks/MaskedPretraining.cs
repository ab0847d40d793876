using System.Diagnostics;
using System.Text;
using PSFineTune.Models;
using PSFineTune.Models.Nodes;
using PSFineTune.Native;
using PSFineTune.Optimizers;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using static TorchSharp.torch;

namespace PSFineTune.Benchmarks;

/// <summary>
/// A small BERT that learns to say which words of a text were masked (https://arxiv.org/abs/1810.04805, section 3.1), from
/// the texts at hand. Written as published ones are: model.safetensors, config.json and vocab.txt.
/// </summary>
static class MaskedPretraining
{
    const int BatchSize = 64, Seldom = 3;
    const double Rate = 1e-3;

    static readonly string[] s_special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <param name="folder">Text files, a label and a text in each line; those of a test split are left out.</param>
    /// <param name="vocabulary">A vocab.txt; pieces that are seldom in the texts are left out.</param>
    /// <param name="epochs">Over the texts.</param>
    /// <param name="threads">Of the tensor library.</param>
    public static IEnumerable<object> Run(string folder, string vocabulary, int epochs, int threads)
    {
        TorchRuntime.Ensure();
        using var limited = TorchRuntime.UseThreads(threads);
        var texts = Directory.GetFiles(folder).Where(file => Path.GetFileName(file) is "TREC.train.all" or "stsa.binary.train" or "stsa.binary.dev").Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadLines(file, Encoding.Latin1)).Select(line => line[(line.IndexOf(' ') + 1)..]).ToList();
        var made = Directory.CreateDirectory("bert").FullName;
        File.WriteAllLines(Path.Combine(made, "vocab.txt"), Frequent(texts, vocabulary));
        var words = WordIds.OfPieces(File.ReadAllLines(Path.Combine(made, "vocab.txt")), "vocab.txt");
        var encoder = new TextEncoder(new() { Tokens = new WordPieceTokens { Vocabulary = Path.Combine(made, "vocab.txt") }, MaxLength = 64 }, ModelParts.None, words);
        var rows = texts.Select(text => { var ids = new long[64]; return ids[..encoder.Encode(text, ids)]; }).ToList();

        var spec = new Bert { HiddenSize = 128, Layers = 2, Heads = 2, IntermediateSize = 512, VocabularySize = words.Count, MaxPositions = 128, Dropout = 0.1 };
        using var network = spec.Build(2, seed: 1);
        network.Training = true;
        using var head = new Classifier([new("transform", ("dense", new Linear(128, 128) { Filling = Filling.Normal(0.02), BiasFilling = Filling.Zero }), ("", new Gelu()), ("norm", new LayerNorm(128, 1e-12)))], 1);
        using var bias = new TorchSharp.Modules.Parameter(zeros(words.Count));
        var optimizer = new AdamW { WeightDecay = 0.01, DecayNormAndBias = false };
        ParameterState[] states = [.. network.Parameters.Concat(head.Parameters).Append((new("bias", "head", [words.Count], TensorRole.Parameter), bias)).Select(pair => new ParameterState(pair.Item1, pair.Item2, optimizer))];
        var (watch, step, steps) = (Stopwatch.StartNew(), 0, epochs * ((rows.Count + BatchSize - 1) / BatchSize));
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var (loss, hits, count) = (0.0, 0L, 0L);
            // Like lengths together, as in training.
            var order = RandomStream.For(1, epoch, "order").Permutation(rows.Count).Chunk(64 * BatchSize).SelectMany(window => window.OrderBy(row => rows[row].Length)).Chunk(BatchSize).ToList();
            foreach (var batch in RandomStream.For(1, epoch, "batches").Permutation(order.Count).Select(i => order[i]))
            {
                using var scope = NewDisposeScope();
                var warm = Math.Min(1, ++step / (0.1 * steps)) * Math.Min(1, (steps - step + 1) / (0.9 * steps));
                network.Noise = RandomStream.For(1, step, "noise");
                var (given, places, wanted) = Masked([.. batch.Select(row => rows[row])], words, RandomStream.For(1, step, "masks"));
                var found = network.Forward(given, 0, spec.Layers + 1).view(-1, 128).index_select(0, places);
                var logits = nn.functional.linear(head.Forward(found), network.State["bert.embeddings.word_embeddings.weight"], bias);
                var mean = nn.functional.cross_entropy(logits, wanted);
                mean.backward();
                Step(states, optimizer, Rate * warm);
                (loss, hits, count) = (loss + mean.item<float>() * wanted.numel(), hits + logits.argmax(1).eq(wanted).sum().item<long>(), count + wanted.numel());
            }
            yield return new { epoch, texts = rows.Count, pieces = words.Count, loss = Math.Round(loss / count, 4), found = Math.Round((double)hits / count, 4), seconds = Math.Round(watch.Elapsed.TotalSeconds, 1) };
        }
        Safetensors.WriteFile(Path.Combine(made, "model.safetensors"), network.Store().Where(tensor => !tensor.Name.StartsWith("classifier.", StringComparison.Ordinal) && !tensor.Name.Contains("pooler")));
        File.WriteAllText(Path.Combine(made, "config.json"), """{ "model_type": "bert", "hidden_act": "gelu", "num_attention_heads": 2, "layer_norm_eps": 1e-12, "hidden_dropout_prob": 0.1 }""");
        File.WriteAllText(Path.Combine(made, "tokenizer_config.json"), """{ "do_lower_case": true }""");
    }

    static void Step(ParameterState[] states, AdamW optimizer, double rate)
    {
        using var still = no_grad();
        var learning = states.Where(state => state.Gradient is not null).ToList();
        GradientClip.Apply([.. learning.Select(state => state.Gradient!)], 1);
        foreach (var state in learning)
        {
            state.Next();
            optimizer.Update(state, state.Gradient!, rate);
            state.Parameter.grad = null;
        }
    }

    // Of each text's pieces one in seven: most become [MASK], some another piece, some stay.
    static (Tensor Given, Tensor Places, Tensor Wanted) Masked(long[][] texts, WordIds words, RandomStream stream)
    {
        var longest = texts.Max(text => text.Length);
        var (given, places, wanted, mask) = (new long[texts.Length * longest], new List<long>(), new List<long>(), words.Find("[MASK]")!.Value);
        for (var i = 0; i < texts.Length; i++)
            for (var k = 0; k < texts[i].Length; k++)
            {
                var (at, piece) = (i * longest + k, texts[i][k]);
                given[at] = piece;
                if (k == 0 || k == texts[i].Length - 1 || !(stream.Chance(0.15) || (places.Count == 0 && i == texts.Length - 1))) continue;
                places.Add(at);
                wanted.Add(piece);
                given[at] = stream.NextDouble() switch { < 0.8 => mask, < 0.9 => s_special.Length + stream.Below(words.Count - s_special.Length), _ => piece };
            }
        return (tensor(given, [texts.Length, longest]), tensor(places.ToArray()), tensor(wanted.ToArray()));
    }

    // Letters stay in any case, so that every word can be written.
    static IEnumerable<string> Frequent(IReadOnlyList<string> texts, string vocabulary)
    {
        var (tokenizer, tokens, counts) = (new WordPieceTokens { Vocabulary = vocabulary }.Open(ModelParts.None), new TokenBuffer(), new Dictionary<string, int>());
        foreach (var text in texts)
        {
            tokens.Clear();
            tokenizer.Tokenize(text, tokens);
            for (var i = 0; i < tokens.Count; i++) counts[tokens[i].ToString()] = counts.GetValueOrDefault(tokens[i].ToString()) + 1;
        }
        return s_special.Concat(File.ReadLines(vocabulary).Where(piece => !s_special.Contains(piece) && (counts.GetValueOrDefault(piece) >= Seldom || piece.TrimStart('#') is [var letter] && char.IsAscii(letter))));
    }
}
