using System.Text.Encodings.Web;
using System.Text.Json;
using PSFineTune;
using PSFineTune.Augment;
using PSFineTune.Benchmarks;

const string Usage = """
    usage: PSFineTune.Benchmarks FOLDER [COUNT] [--threads N] [--ops | --op NAME | --epochs N | --steps N | --evaluate WEIGHTS | --forward MODEL | --chinese JIEBA | --texts | --audit | --svm TEST --kernel NAME | --precision MODEL | --vectors VECTORS | --pretrain VOCAB | --tune WEIGHTS]

    Measures, on the first COUNT (300) jpg files below FOLDER, and prints one JSON line each: images per second of the chains
    of the peer, with --ops of every op alone, with --op of one; with --epochs the resident memory after each,
    with --steps that of a training on FOLDER's classes, with --evaluate the evaluation of MobileNetV2, with --forward the passes of a network without gradients,
    with --chinese the words of a file FOLDER of titles, by jieba's dictionary and tables in the folder JIEBA,
    with --svm the training of a machine on a file FOLDER in LIBSVM's format, COUNT (3) times, and its accuracy on the file TEST: NAME is LinearSvm, or a kernel,
    with --audit an audit of COUNT made-up photos, which are made in FOLDER, against decoding them,
    with --texts the import of a file FOLDER of labelled texts,
    with --precision those of a network that trains, at COUNT pixels, in float32 and in bfloat16,
    with --vectors what networks on word vectors reach on TREC and SST-2 in the folder FOLDER (label and text in each line), and in what time,
    with --pretrain the loss of a small BERT on masked words of the texts in FOLDER, for COUNT epochs, by the pieces of VOCAB; it is written to FOLDER's
    own "bert" folder of the working directory, with --tune what WEIGHTS reach on TREC and what the same network reaches from random weights, after COUNT epochs.
    """;

// A chain's name has a plus sign, which is to stay one.
var plain = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var words = new List<string>();
var (threads, epochs, steps, texts, audit) = (1, 0, 0, false, false);
IEnumerable<string> ops = [];
string? weights = null, model = null, trained = null, chinese = null, tested = null, vectors = null, pieces = null, tuned = null;
var kernel = "LinearSvm";
try
{
    for (var i = 0; i < args.Length; i++)
        switch (args[i])
        {
            case "--threads": threads = int.Parse(args[++i]); break;
            case "--epochs": epochs = int.Parse(args[++i]); break;
            case "--steps": steps = int.Parse(args[++i]); break;
            case "--ops": ops = Catalog<AugmentOp>.Names; break;
            case "--evaluate": weights = args[++i]; break;
            case "--texts": texts = true; break;
            case "--audit": audit = true; break;
            case "--chinese": chinese = args[++i]; break;
            case "--svm": tested = args[++i]; break;
            case "--kernel": kernel = args[++i]; break;
            case "--vectors": vectors = args[++i]; break;
            case "--pretrain": pieces = args[++i]; break;
            case "--tune": tuned = args[++i]; break;
            case "--forward": model = args[++i]; break;
            case "--precision": trained = args[++i]; break;
            case "--op": ops = [args[++i]]; break;
            default: words.Add(args[i]); break;
        }
    if (words.Count is 0 or > 2 || words.Any(word => word.StartsWith('-'))) throw new FormatException();
    var count = words.Count > 1 ? int.Parse(words[1]) : 300;

    if (audit)
    {
        foreach (var one in AuditSpeed.Measure(words[0], count)) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (texts)
    {
        foreach (var one in TextSpeed.Measure(words[0])) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    var ofTexts = chinese is not null ? ChineseSpeed.Measure(words[0], chinese) : vectors is not null ? TextAccuracy.Measure(words[0], vectors, threads)
        : pieces is not null ? MaskedPretraining.Run(words[0], pieces, count, threads) : tuned is not null ? TextAccuracy.Tune(words[0], tuned, count, threads) : null;
    if (ofTexts is not null)
    {
        foreach (var one in ofTexts) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    if (tested is not null)
    {
        foreach (var one in SvmSpeed.Measure(words[0], tested, kernel, words.Count > 1 ? count : 3, threads)) Console.WriteLine(JsonSerializer.Serialize(one, plain));
        return 0;
    }
    string[] files = [.. Directory.GetFiles(words[0], "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count)];
    if (files.Length == 0 && steps == 0 && trained is null) throw new FormatException();
    var chains = new ChainSpeed(files, threads);
    var measured = weights is not null ? EvaluationSpeed.Measure(files, weights, threads) : model is not null ? ForwardSpeed.Measure(model, threads)
        : trained is not null ? PrecisionSpeed.Measure(trained, count, threads) : steps > 0 ? TrainingMemory.Measure(words[0], steps) : epochs > 0 ? EpochMemory.Measure(chains, files.Length, epochs) : ops.Any() ? new OpSpeed(files).Measure(ops) : chains.Measure();
    foreach (var one in measured) Console.WriteLine(JsonSerializer.Serialize(one, plain));
    return 0;
}
catch (Exception wrong) when (wrong is FormatException or IndexOutOfRangeException or DirectoryNotFoundException)
{
    Console.Error.WriteLine(Usage);
    return 2;
}
catch (FineTuneException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
