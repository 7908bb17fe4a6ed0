import {
  type ArgumentTree,
  type ConditionTree,
  EnumName,
  type OperationTree,
  type SelectionTree,
} from './operation-arbitrary.ts';

export interface PrintedOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Printing {
  readonly definitions: string[];
  readonly variables: Record<string, unknown>;
  readonly fragments: string[];
  readonly hasUniqueAliases: boolean;
  count: number;
}

/**
 * Prints a tree as a document with variables. With `hasUniqueAliases` every field gets an alias of its own, so that no two
 * selections conflict; without, a document may be invalid and the caller must look.
 */
export function printOperation(tree: OperationTree, rootType: string, hasUniqueAliases: boolean): PrintedOperation {
  const printing: Printing = { definitions: [], variables: {}, fragments: [], hasUniqueAliases, count: 0 };
  const selections = printSelections(tree.selections, rootType, printing);
  const head =
    printing.definitions.length > 0 ? `${tree.kind} Op(${printing.definitions.join(', ')})` : `${tree.kind} Op`;
  return {
    document: [`${head} ${selections}`, ...printing.fragments].join('\n'),
    variables: JSON.parse(JSON.stringify(printing.variables)),
  };
}

function printSelections(selections: readonly SelectionTree[], _parent: string, printing: Printing): string {
  return `{ ${selections.map((selection) => printSelection(selection, _parent, printing)).join(' ')} }`;
}

function printSelection(selection: SelectionTree, parent: string, printing: Printing): string {
  const condition = printCondition(selection.condition, printing);
  if (selection.kind === 'field') {
    const args = selection.args.flatMap((argument) => printArgument(argument, printing) ?? []);
    const alias = printing.hasUniqueAliases ? `f${printing.count++}` : selection.alias;
    const name = alias === undefined ? selection.name : `${alias}: ${selection.name}`;
    const list = args.length > 0 ? `(${args.join(', ')})` : '';
    const below = selection.selections.length > 0 ? ` ${printSelections(selection.selections, '', printing)}` : '';
    return `${name}${list}${condition}${below}`;
  }
  const below = printSelections(selection.selections, selection.on ?? parent, printing);
  const on = selection.on ?? parent;
  if (selection.kind === 'inline' || on === '') {
    return `...${selection.on === undefined ? '' : ` on ${selection.on}`}${condition} ${below}`;
  }
  const name = `F${printing.count++}`;
  printing.fragments.push(`fragment ${name} on ${on} ${below}`);
  return `...${name}${condition}`;
}

function printCondition(condition: ConditionTree | undefined, printing: Printing): string {
  if (condition === undefined) return '';
  const { directive, value, isVariable } = condition;
  if (!isVariable) return ` @${directive}(if: ${value})`;
  const name = `c${printing.count++}`;
  printing.definitions.push(`$${name}: Boolean!`);
  printing.variables[name] = value;
  return ` @${directive}(if: $${name})`;
}

function printArgument(argument: ArgumentTree, printing: Printing): string | undefined {
  switch (argument.how) {
    case 'absent':
      return undefined;
    case 'literal':
      return `${argument.name}: ${printValue(argument.value)}`;
    case 'variable': {
      const name = `v${printing.count++}`;
      printing.definitions.push(`$${name}: ${argument.type}`);
      printing.variables[name] = argument.value;
      return `${argument.name}: $${name}`;
    }
    case 'default': {
      const name = `v${printing.count++}`;
      printing.definitions.push(`$${name}: ${argument.type} = ${printValue(argument.value)}`);
      return `${argument.name}: $${name}`;
    }
    default:
      return argument.how satisfies never;
  }
}

function printValue(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${printValue(each)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}
